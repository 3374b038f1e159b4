'use strict';
// Amazon SNS: Publish to a phone number, signed by hand (Signature Version 4), so that no SDK is needed. It makes no calls.
const axios = require('axios');
const crypto = require('crypto');

module.exports = function (recipient, text, context, cb) {
    if (context.message_type === 'voice') return cb(new Error('Amazon SNS makes no calls'));
    const secrets = context.webtask.secrets;
    const region = secrets.AWS_REGION;
    const url = new URL(secrets.AWS_SNS_BASE_URL || `https://sns.${region}.amazonaws.com`);
    const form = new URLSearchParams({
        Action: 'Publish',
        Version: '2010-03-31',
        PhoneNumber: recipient,
        Message: text,
        'MessageAttributes.entry.1.Name': 'AWS.SNS.SMS.SMSType',
        'MessageAttributes.entry.1.Value.DataType': 'String',
        'MessageAttributes.entry.1.Value.StringValue': 'Transactional',
    });
    const body = form.toString();

    axios
        .post(`${url.origin}/`, body, {headers: signed(url.host, body, region, secrets), timeout: 10000})
        .then(response => cb(null, {MessageID: (/<MessageId>([^<]+)/.exec(response.data) || [])[1]}))
        .catch(error => cb(error.response ? refused(error.response) : error));
};

function signed(host, body, region, secrets) {
    const time = new Date().toISOString().replace(/-|:|\.\d+/g, '');
    const type = 'application/x-www-form-urlencoded; charset=utf-8';
    const scope = `${time.slice(0, 8)}/${region}/sns/aws4_request`;
    const names = 'content-type;host;x-amz-date';
    const request = ['POST', '/', '', `content-type:${type}`, `host:${host}`, `x-amz-date:${time}`, '', names, hash(body)];
    const key = ['AWS4' + secrets.AWS_SECRET_ACCESS_KEY, ...scope.split('/')].reduce((made, part) => hmac(made, part));
    const signature = hmac(key, ['AWS4-HMAC-SHA256', time, scope, hash(request.join('\n'))].join('\n')).toString('hex');
    return {
        'Content-Type': type,
        'X-Amz-Date': time,
        Authorization: `AWS4-HMAC-SHA256 Credential=${secrets.AWS_ACCESS_KEY_ID}/${scope}, SignedHeaders=${names}, Signature=${signature}`,
    };
}

const hash = text => crypto.createHash('sha256').update(text).digest('hex');
const hmac = (key, text) => crypto.createHmac('sha256', key).update(text).digest();

/** AWS tells throttling by its code, with a status of 400 or 429. */
function refused(response) {
    const told = String(response.data);
    const code = (/<Code>([^<]+)/.exec(told) || [])[1] || response.status;
    const reason = (/<Message>([^<]+)/.exec(told) || [])[1] || 'no reason given';
    const status = /^Throttl/.test(code) ? 429 : response.status;
    return Object.assign(new Error(`Amazon SNS ${code}: ${reason}`), {status});
}
