'use strict';
// What an action on a sign-in may call. What it asks for is collected here and judged by the server once it has ended.
const MOST_CLAIMS = 100 * 1024;
const MOST_METADATA = 32 * 1024;
const LONGEST_REASON = 1024;
const DEEPEST = 50;
const LONGEST_METHOD = 255;
const MOST_METHODS = 10;
const PROVIDERS = ['any', 'none', 'guardian', 'google-authenticator'];

exports.open = (event, cache) => {
    const effects = {commands: [], idToken: {}, accessToken: {}, addScopes: [], removeScopes: [], recorded: [], userMetadata: {}, appMetadata: {}, metadata: {}};
    const api = {cache};
    const methods = group =>
        Object.fromEntries(Object.entries(group).map(([name, work]) => [name, (...args) => (work(...args), api)]));
    const missing = (group, names) =>
        Object.fromEntries(names.map(name => [name, () => {
            throw new Error(`api.${group}.${name} is not available on this server`);
        }]));

    api.access = methods({
        deny: reason => {
            if (effects.deny === undefined) effects.deny = String(reason === undefined ? '' : reason).slice(0, LONGEST_REASON);
        },
    });
    api.validation = methods({
        error: (code, message) => {
            if (!effects.error)
                effects.error = {code: text(code, 'the code').slice(0, 255), message: String(message).slice(0, LONGEST_REASON)};
        },
    });
    api.idToken = methods({setCustomClaim: claim(effects.idToken)});
    api.accessToken = methods({
        setCustomClaim: claim(effects.accessToken),
        addScope: scope => move(text(scope, 'the scope'), effects.addScopes, effects.removeScopes),
        removeScope: scope => move(text(scope, 'the scope'), effects.removeScopes, effects.addScopes),
    });
    api.multifactor = methods({
        enable: (provider, options) => {
            if (!PROVIDERS.includes(provider)) throw new Error(`api.multifactor.enable knows ${PROVIDERS.join(', ')} only`);
            effects.multifactor = {provider, remember: Boolean(options && options.allowRememberBrowser)};
        },
    });
    const command = (kind, choose, factors) => effects.commands.push({kind, choose, types: factors.map(type)});
    api.authentication = {
        ...methods({
            challengeWith: (factor, more) => command('challenge', false, [factor, ...additional(more)]),
            challengeWithAny: factors => command('challenge', true, list(factors)),
            enrollWith: (factor, more) => command('enroll', false, [factor, ...additional(more)]),
            enrollWithAny: factors => command('enroll', true, list(factors)),
            recordMethod: url => {
                const address = text(url, 'the method');
                if (!/^https?:\/\//.test(address) || !URL.canParse(address) || address.length > LONGEST_METHOD)
                    throw new Error(`A method is the address of who was asked, with https://, in ${LONGEST_METHOD} characters`);
                if (effects.recorded.length === MOST_METHODS) throw new Error(`More than ${MOST_METHODS} methods were recorded`);
                effects.recorded.push(address);
            },
        }),
        ...missing('authentication', ['setPrimaryUser']),
    };
    api.user = methods({
        setUserMetadata: entry(effects.userMetadata, MOST_METADATA),
        setAppMetadata: entry(effects.appMetadata, MOST_METADATA),
    });
    api.transaction = methods({
        setMetadata: (name, value) => {
            if (value !== null && !['string', 'number', 'boolean'].includes(typeof value))
                throw new Error('Metadata of a transaction is text, a number, true, false or null');
            entry(effects.metadata, 16 * 1024)(name, value);
            if (!event.transaction || !event.transaction.metadata) return;
            if (value === null) delete event.transaction.metadata[name];
            else event.transaction.metadata[name] = value;
        },
    });
    const nothing = ['setAttribute', 'setAudience', 'setRecipient', 'setDestination', 'setIssuer', 'setNameIdentifierFormat'];
    api.samlResponse = methods(Object.fromEntries(nothing.map(name => [name, () => {}])));
    api.rules = {wasExecuted: () => false};
    api.redirect = {
        canRedirect: () => false,
        ...missing('redirect', ['sendUserTo', 'encodeToken', 'validateToken']),
    };
    api.prompt = missing('prompt', ['render']);
    const lifetimes = ['revoke', 'setExpiresAt', 'setIdleExpiresAt', 'setMetadata', 'deleteMetadata', 'evictMetadata'];
    api.session = missing('session', [...lifetimes, 'setCookieMode']);
    api.refreshToken = missing('refreshToken', lifetimes);
    const refusal = () => (effects.deny === undefined && !effects.error ? undefined : {deny: effects.deny, error: effects.error});
    return {api, effects, refusal};
};

function text(value, what) {
    if (typeof value !== 'string' || value === '') throw new Error(`${what[0].toUpperCase()}${what.slice(1)} must be a text`);
    return value;
}

/** As it is now: what the script does to an object afterwards does not change what it asked for. */
function copy(value) {
    const written = JSON.stringify(value);
    if (written === undefined) return null;
    const kept = JSON.parse(written);
    if (deeper(kept, DEEPEST)) throw new Error(`The value is nested more than ${DEEPEST} times`);
    return kept;
}

function deeper(value, levels) {
    if (typeof value !== 'object' || value === null) return false;
    return levels === 0 || Object.values(value).some(one => deeper(one, levels - 1));
}

function entry(into, most) {
    return (name, value) => {
        Object.defineProperty(into, text(name, 'the name'), {value: copy(value), enumerable: true, configurable: true, writable: true});
        if (JSON.stringify(into).length > most) throw new Error(`More than ${most / 1024} kB were set`);
    };
}

function claim(into) {
    return entry(into, MOST_CLAIMS);
}

function move(scope, to, from) {
    if (from.includes(scope)) from.splice(from.indexOf(scope), 1);
    if (!to.includes(scope)) to.push(scope);
}

function list(factors) {
    if (!Array.isArray(factors)) throw new Error('The factors must be a list');
    return factors;
}

function additional(options) {
    return options && options.additionalFactors ? list(options.additionalFactors) : [];
}

function type(factor) {
    return text(factor && factor.type, 'the type of a factor');
}
