'use strict';
// TeleSign: the Messaging API for texts, the Voice API for calls.
const axios = require('axios');

const VOICES = ['ca-ES', 'da-DK', 'de-DE', 'en-AU', 'en-CA', 'en-GB', 'en-IN', 'en-US', 'es-ES', 'es-MX', 'fi-FI', 'fr-CA', 'fr-FR',
    'it-IT', 'ja-JP', 'ko-KR', 'nb-NO', 'nl-NL', 'pl-PL', 'pt-BR', 'pt-PT', 'ru-RU', 'sv-SE', 'zh-CN', 'zh-HK', 'zh-TW'];

module.exports = async function (recipient, text, context) {
    const secrets = context.webtask.secrets;
    const base = secrets.TELESIGN_BASE_URL || 'https://rest-api.telesign.com';
    const voice = context.message_type === 'voice';

    const form = new URLSearchParams({
        phone_number: recipient.replace(/\D/g, ''),
        message: voice ? text.replace(/\d(?:\.\d)+/g, code => code.split('.').join(', ')) : text,
        message_type: 'OTP',
    });
    if (voice) form.set('voice', `f-${speaker(context.language)}`);

    const response = await axios.post(`${base}/v1/${voice ? 'voice' : 'messaging'}`, form.toString(), {
        auth: {username: secrets.TELESIGN_CUSTOMER_ID, password: secrets.TELESIGN_API_KEY || secrets.TELESIGN_REST_API_KEY},
        timeout: 10000,
        validateStatus: () => true,
    });

    // The code in the answer decides, not the status of HTTP: five digits are an error of the request or the account.
    const status = (response.data && response.data.status) || {};
    if (response.status < 300 && status.code < 10000) return {MessageID: response.data.reference_id};
    const busy = response.status >= 500 || status.code === 10019 || status.code === 10020;
    throw Object.assign(new Error(`TeleSign ${status.code || response.status}: ${status.description || 'no reason given'}`), {
        status: busy ? 503 : 400,
    });
};

/** The voice for a language, by its region where that is known. */
function speaker(language) {
    const wanted = String(language || '');
    return VOICES.find(voice => voice === wanted)
        || {en: 'en-US', es: 'es-ES', fr: 'fr-FR', pt: 'pt-PT', zh: 'zh-CN'}[wanted.slice(0, 2)]
        || VOICES.find(voice => voice.slice(0, 2) === wanted.slice(0, 2))
        || 'en-US';
}
