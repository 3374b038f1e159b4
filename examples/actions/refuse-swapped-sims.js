/**
 * Before a phone number is trusted, a lookup vendor is asked about its line: no number whose SIM card was swapped or that was ported within
 * the last days, and only mobile lines.
 *
 * Triggers: pre-bind-number and pre-send; an action is made for one of them, so make one for each.
 * Secrets: LOOKUP_URL and LOOKUP_TOKEN of the vendor; DAYS, 7 unless set.
 *
 * This is for a vendor that answers GET {LOOKUP_URL}/{number}
 *   {"line_type": "mobile", "sim_swapped_at": "2026-01-31T10:00:00Z", "ported_at": null}
 * For another one, change the two lines of `look` and those that read the answer.
 */
const axios = require('axios');

const MINUTES = 10 * 60 * 1000;

/** Asked once in ten minutes for a number: each lookup has its price. */
const look = async (event, api) => {
  const number = event.number.phone_number;
  const known = api.cache.get(number);
  if (known) return JSON.parse(known.value);
  const { data } = await axios.get(`${event.secrets.LOOKUP_URL}/${encodeURIComponent(number)}`, {
    headers: { authorization: `Bearer ${event.secrets.LOOKUP_TOKEN}` },
    timeout: 5000,
  });
  const line = { line_type: data.line_type, sim_swapped_at: data.sim_swapped_at, ported_at: data.ported_at };
  api.cache.set(number, JSON.stringify(line), { ttl: MINUTES });
  return line;
};

const check = async (event, api) => {
  const days = Number(event.secrets.DAYS || 7);
  const isRecent = (time) => Boolean(time) && Date.now() - Date.parse(time) < days * 24 * 60 * 60 * 1000;

  const line = await look(event, api);
  if (line.line_type !== 'mobile') return api.number.deny('The line is not a mobile one.');
  if (isRecent(line.sim_swapped_at)) return api.number.requireOtherFactor('The SIM card was swapped lately.');
  if (isRecent(line.ported_at)) return api.number.requireOtherFactor('The number was ported lately.');
};

exports.onExecutePreBindNumber = check;
exports.onExecutePreSend = check;
