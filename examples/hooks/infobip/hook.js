'use strict';
// Infobip: SMS API v3 for texts, text-to-speech for calls. Every account has a host of its own.
const axios = require('axios');

module.exports = async function (recipient, text, context) {
    const secrets = context.webtask.secrets;
    const to = recipient.replace(/\D/g, '');
    const voice = context.message_type === 'voice';

    const request = voice
        ? {from: secrets.INFOBIP_SENDER, to, text: spoken(text), language: (context.language || 'en').slice(0, 2)}
        : {messages: [{sender: secrets.INFOBIP_SENDER, destinations: [{to}], content: {text}}]};

    const response = await axios.post(
        secrets.INFOBIP_BASE_URL.replace(/\/+$/, '') + (voice ? '/tts/3/single' : '/sms/3/messages'),
        request,
        {headers: {Authorization: `App ${secrets.INFOBIP_API_KEY || secrets.API_KEY}`}, timeout: 10000});

    // 200 does not mean accepted: the message's own status says that. 1 is pending, 3 delivered.
    const message = (response.data.messages || [])[0] || {};
    const status = message.status || {};
    if (![1, 3].includes(status.groupId)) throw new Error(`Infobip ${status.id}: ${status.description || status.name}`);
    return {MessageID: message.messageId};
};

/** Every comma is half a second of silence. */
function spoken(text) {
    return text.replace(/\d(?:\.\d)+/g, code => code.split('.').join(', '));
}
