'use strict';
// Vonage: the SMS API. It makes no calls.
const axios = require('axios');

/** Throttled, failed inside, and busy: the same message may pass in a moment. */
const BUSY = ['1', '5', '10'];

module.exports = function (recipient, text, context, cb) {
    if (context.message_type === 'voice') return cb(new Error('The SMS API of Vonage makes no calls'));
    const secrets = context.webtask.secrets;
    const base = secrets.VONAGE_BASE_URL || 'https://rest.nexmo.com';
    const form = new URLSearchParams({
        api_key: secrets.VONAGE_API_KEY,
        api_secret: secrets.VONAGE_API_SECRET,
        from: secrets.VONAGE_FROM_NUMBER,
        to: recipient.replace(/\D/g, ''),
        text,
        type: /^[\n\r\x20-\x7e]*$/.test(text) ? 'text' : 'unicode',
    });

    axios
        .post(`${base}/sms/json`, form.toString(), {timeout: 10000})
        .then(response => {
            // The status of HTTP is always 200; each part of the message has one of its own.
            const failed = response.data.messages.find(part => part.status !== '0');
            if (!failed) return cb(null, {MessageID: response.data.messages[0]['message-id']});
            const error = new Error(`Vonage ${failed.status}: ${failed['error-text']}`);
            cb(Object.assign(error, {status: BUSY.includes(failed.status) ? 503 : 400}));
        })
        .catch(cb);
};
