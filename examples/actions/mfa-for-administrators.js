/**
 * A second factor for administrators, who are told by their app_metadata: {"groups": ["admins"]}.
 * What an administrator is goes into the tokens as well.
 */
const NAMESPACE = 'https://example.com';

exports.onExecutePostLogin = async (event, api) => {
  const groups = (event.user.app_metadata && event.user.app_metadata.groups) || [];
  if (!groups.includes('admins')) {
    return;
  }
  api.multifactor.enable('any');
  api.idToken.setCustomClaim(`${NAMESPACE}/groups`, groups);
  api.accessToken.setCustomClaim(`${NAMESPACE}/groups`, groups);
};
