'use strict';
// Twilio: Programmable Messaging for texts, Programmable Voice for calls.
const axios = require('axios');

module.exports = function (recipient, text, context, cb) {
    const secrets = context.webtask.secrets;
    const sid = secrets.TWILIO_ACCOUNT_SID;
    const base = secrets.TWILIO_BASE_URL || 'https://api.twilio.com';
    const voice = context.message_type === 'voice';

    const form = new URLSearchParams({To: recipient, From: secrets.TWILIO_PHONE_NUMBER});
    if (voice) form.set('Twiml', twiml(text, context.language));
    else form.set('Body', text);

    axios
        .post(`${base}/2010-04-01/Accounts/${encodeURIComponent(sid)}/${voice ? 'Calls' : 'Messages'}.json`, form.toString(), {
            auth: {username: sid, password: secrets.TWILIO_AUTH_TOKEN},
            timeout: 10000,
        })
        .then(response => cb(null, {MessageID: response.data.sid}))
        .catch(error => cb(error.response ? refused(error.response) : error));
};

/** A moment to lift the phone, the text with its digits one by one, and all of it once more. */
function twiml(text, language) {
    const spoken = text.replace(/\d(?:\.\d)+/g, code => code.split('.').join(', '));
    const escaped = spoken.replace(/[<>&'"]/g, character => `&#${character.charCodeAt(0)};`);
    const tag = /^[a-z]{2}-[A-Z]{2}$/.test(language) ? language : 'en-US';
    const say = `<Pause length="1"/><Say language="${tag}">${escaped}</Say>`;
    return `<Response>${say}${say}</Response>`;
}

/** Twilio's own code and words; the status tells whether another try makes sense. */
function refused(response) {
    const told = response.data || {};
    return Object.assign(new Error(`Twilio ${told.code || response.status}: ${told.message || 'no reason given'}`), {response});
}
