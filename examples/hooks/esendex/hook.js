'use strict';
// Esendex: the message dispatcher, which takes XML, for texts and calls.
const axios = require('axios');

const SPOKEN = ['de-DE', 'en-AU', 'en-GB', 'es-ES', 'fr-FR'];

module.exports = async function (recipient, text, context) {
    const secrets = context.webtask.secrets;
    const base = secrets.ESENDEX_BASE_URL || 'https://api.esendex.com';
    const voice = context.message_type === 'voice';
    const body = voice ? text.replace(/\d(?:\.\d)+/g, code => code.split('.').join(', ')) : text;

    const message = [
        element('to', recipient.replace(/\D/g, '')),
        element('type', voice ? 'Voice' : 'SMS'),
        element('body', body),
        voice ? element('lang', language(context.language)) : element('characterset', 'Auto'),
    ];
    const request = '<?xml version="1.0" encoding="UTF-8"?>'
        + `<messages>${element('accountreference', secrets.ESENDEX_ACCOUNT)}<message>${message.join('')}</message></messages>`;

    const response = await axios.post(`${base}/v1.0/messagedispatcher`, request, {
        auth: {username: secrets.ESENDEX_USERNAME, password: secrets.ESENDEX_PASSWORD},
        headers: {'Content-Type': 'application/xml; charset=utf-8'},
        timeout: 10000,
    });
    const id = /<messageheader [^>]*\bid="([^"]+)"/.exec(response.data);
    return {MessageID: id ? id[1] : ''};
};

function element(name, value) {
    return `<${name}>${String(value).replace(/[<>&]/g, character => `&#${character.charCodeAt(0)};`)}</${name}>`;
}

function language(wanted) {
    const tag = String(wanted || '');
    return SPOKEN.find(each => each === tag) || SPOKEN.find(each => each.slice(0, 2) === tag.slice(0, 2)) || 'en-GB';
}
