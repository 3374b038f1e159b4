'use strict';
// Mitto: the SMS API. It makes no calls.
const axios = require('axios');

module.exports = async function (recipient, text, context) {
    if (context.message_type === 'voice') throw new Error('The SMS API of Mitto makes no calls');
    const secrets = context.webtask.secrets;
    const base = secrets.MITTO_BASE_URL || 'https://rest.mittoapi.net';

    const response = await axios.post(
        `${base}/sms`,
        {from: secrets.MITTO_FROM, to: recipient, text, type: /^[\n\r\x20-\x7e]*$/.test(text) ? 'GSM' : 'Unicode'},
        {headers: {'X-Mitto-API-Key': secrets.MITTO_API_KEY}, timeout: 10000});

    // The status of HTTP is 200 also for what was rejected. 1 is an error inside of Mitto, which may pass.
    const {responseCode, responseText, id} = response.data;
    if (responseCode === 0) return {MessageID: id};
    throw Object.assign(new Error(`Mitto ${responseCode}: ${responseText}`), {status: responseCode === 1 ? 503 : 400});
};
