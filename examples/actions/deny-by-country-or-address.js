/**
 * Nobody signs in from a country that is not on the list, or from an address that is.
 *
 * Secrets: ALLOWED_COUNTRIES, such as "DE,AT,CH"; DENIED_ADDRESSES, such as "192.0.2.0/24,2001:db8::/32".
 * Where the country is not known, it does not matter.
 */
const { BlockList, isIPv6 } = require('net');

const words = (list) => (list || '').split(',').map((word) => word.trim()).filter(Boolean);

exports.onExecutePostLogin = async (event, api) => {
  const country = event.request.geoip && event.request.geoip.countryCode;
  const allowed = words(event.secrets.ALLOWED_COUNTRIES);
  if (country && allowed.length > 0 && !allowed.includes(country)) {
    return api.access.deny(`Sign-ins from ${country} are not allowed.`);
  }

  const denied = new BlockList();
  for (const range of words(event.secrets.DENIED_ADDRESSES)) {
    const [address, bits] = range.split('/');
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    denied.addSubnet(address, Number(bits || (family === 'ipv6' ? 128 : 32)), family);
  }
  if (denied.check(event.request.ip, isIPv6(event.request.ip) ? 'ipv6' : 'ipv4')) {
    return api.access.deny('Sign-ins from this address are not allowed.');
  }
};
