'use strict';
// Runs one script for the server. One JSON object a line: in come what to run and then the calls, out go logs and answers.
const fs = require('fs');
const path = require('path');
const util = require('util');
const vm = require('vm');
const Module = require('module');
const {Readable, Writable} = require('stream');
const {AsyncLocalStorage} = require('async_hooks');

const LOG_BYTES = 16 * 1024;
const LOG_LINES = 300;

const calls = new Map();
const current = new AsyncLocalStorage();
const input = process.stdin;
const leave = process.reallyExit.bind(process);
const stringify = JSON.stringify;
const parse = JSON.parse;
const writeSync = fs.writeSync;
let entry;
let fenced = false;
let broken;

const pause = Atomics.wait;
const never = new Int32Array(new SharedArrayBuffer(4));

/** Waits where the pipe is full: Node.js makes it non-blocking as soon as it has warned of anything itself. */
function tell(message) {
    const bytes = Buffer.from(stringify(message) + '\n');
    for (let at = 0; at < bytes.length; ) {
        try {
            at += writeSync(1, bytes, at);
        } catch (error) {
            if (error.code !== 'EAGAIN') throw error;
            pause(never, 0, 0, 2);
        }
    }
}

// ---- what scripts see of the process ----

function fence() {
    if (fenced) return;
    fenced = true;
    const output = new Writable({
        decodeStrings: false,
        write(chunk, encoding, done) {
            log(String(chunk).replace(/\n$/, ''));
            done();
        },
    });
    define(process, 'stdout', output);
    define(process, 'stderr', output);
    define(process, 'stdin', Readable.from([]));
    for (const level of ['log', 'info', 'warn', 'error', 'debug', 'trace', 'dir', 'table'])
        console[level] = (...args) => log(util.format(...args));
    const exit = code => {
        const error = new Error(`The script called process.exit(${code === undefined ? '' : code})`);
        const call = culprit();
        if (call) finish(call, error);
        tell({retire: true});
        throw error;
    };
    const denied = name => () => {
        throw Object.assign(new Error(`process.${name} is not available to hooks`), {code: 'ERR_ACCESS_DENIED'});
    };
    define(process, 'exit', exit);
    define(process, 'reallyExit', exit);
    for (const name of ['abort', 'kill', '_kill', '_debugProcess', 'binding', '_linkedBinding', 'dlopen'])
        define(process, name, denied(name));
    // A listener, not the capture callback, which the domains of older SDKs do not suffer beside them.
    process.on('uncaughtException', error => blame(error));
    process.on('unhandledRejection', error => blame(error));
}

function define(object, name, value) {
    Object.defineProperty(object, name, {value, configurable: false, writable: false});
}

/** The call that this code runs for; where nobody can tell, the only one there is. */
function culprit() {
    return current.getStore() || (calls.size === 1 ? calls.values().next().value : undefined);
}

/** An error that nobody caught: its call failed, and what state the script is in nobody knows. */
function blame(error) {
    const call = culprit();
    if (call) finish(call, error);
    else for (const each of [...calls.values()]) finish(each, error);
    tell({retire: true});
}

function log(text) {
    const call = culprit();
    if (!call || call.lines > LOG_LINES) return;
    call.lines++;
    call.bytes += text.length;
    if (call.lines > LOG_LINES || call.bytes > LOG_BYTES) {
        call.lines = Infinity;
        text = '(more output was left out)';
    }
    tell({log: call.id, text});
}

// ---- answers ----

function finish(call, error, more) {
    if (!calls.has(call.id)) {
        if (!call.again) tell({log: call.id, text: 'It answered more than once; only the first answer counts.'});
        call.again = true;
        return;
    }
    calls.delete(call.id);
    const refusal = error && call.refusal && call.refusal();
    if (refusal) {
        tell({log: call.id, text: `It failed after it had refused: ${String(told(error).message).slice(0, 500)}`});
        tell({done: call.id, effects: refusal});
        return;
    }
    tell({done: call.id, error: error ? told(error) : undefined, ...more});
}

function told(error) {
    if (typeof error !== 'object') return {message: String(error)};
    const response = error.response || {};
    const after = response.headers && (response.headers['retry-after'] || response.headers['Retry-After']);
    const cause = error.cause instanceof Error ? error.cause : undefined;
    const message = text(error.message) || text(error.error) || safe(error);
    return {
        message: cause ? `${message}: ${cause.message || cause.code}` : message,
        code: text(error.code) || (cause && text(cause.code)),
        status: number(response.status) || number(error.status) || number(error.statusCode),
        retryAfter: after === undefined ? undefined : String(after),
        at: place(error.stack),
    };
}

function safe(value) {
    try {
        return stringify(value) || String(value);
    } catch {
        return 'An error that cannot be shown';
    }
}

const text = value => (typeof value === 'string' && value ? value : undefined);
const number = value => (Number.isInteger(value) ? value : undefined);

/** The line of the script that an error came from. */
function place(stack) {
    const found = /script\.js:(\d+)/.exec(String(stack));
    return found ? Number(found[1]) : undefined;
}

// ---- running ----

function load(setup) {
    const file = path.join('/', 'script.js');
    const script = new Module(file);
    script.filename = file;
    script.paths = setup.paths;
    require.cache[file] = script;
    try {
        script._compile(setup.code, file);
        entry = setup.entry ? script.exports[setup.entry] : script.exports;
        if (typeof entry !== 'function')
            throw new Error(setup.entry
                ? `The script must export a function: exports.${setup.entry} = async (event, api) => { … }`
                : 'The script must export a function: module.exports = function (recipient, text, context, cb) { … }');
    } catch (error) {
        broken = error || new Error('The script failed while it was loaded');
    }
}

function check(setup) {
    try {
        new vm.Script(Module.wrap(setup.code), {filename: 'script.js'});
        tell({checked: true});
    } catch (error) {
        tell({checked: false, message: error.message, line: place(error.stack)});
    }
}

function call(message) {
    const one = {id: message.call, lines: 0, bytes: 0};
    calls.set(one.id, one);
    current.run(one, () => {
        if (broken) return finish(one, broken);
        try {
            if (message.event) runAction(one, message);
            else runHook(one, message);
        } catch (error) {
            finish(one, error || new Error('The script threw nothing'));
        }
    });
}

/** A hook answers through its callback, or by its promise: by what that is kept with, unless the callback still may come. */
function runHook(one, {recipient, text, context}) {
    const answered = entry(recipient, text, context, error => finish(one, error));
    if (!answered || typeof answered.then !== 'function') return;
    answered.then(
        value => {
            if (calls.has(one.id) && (entry.length < 4 || value !== undefined)) finish(one);
        },
        error => finish(one, error || new Error('The script rejected with nothing')));
}

function runAction(one, {event, notification, login, number}) {
    if (login) return runDeciding(one, event, require('./post-login.js'));
    if (number) return runDeciding(one, event, require('./number.js'));
    const decided = {};
    const api = {cache};
    if (notification)
        api.notification = {
            drop: reason => Object.assign(decided, {decision: 'drop', reason: String(reason).slice(0, 1024)}),
            retry: reason => Object.assign(decided, {decision: 'retry', reason: String(reason).slice(0, 1024)}),
        };
    Promise.resolve(entry(event, api)).then(
        () => finish(one, undefined, decided),
        error => finish(one, error || new Error('The script rejected with nothing')));
}

/** What it asked for counts only if it came to a good end, but for a refusal. */
function runDeciding(one, event, kind) {
    const {api, effects, refusal} = kind.open(event, cache);
    one.refusal = refusal;
    Promise.resolve(entry(event, api)).then(
        () => finish(one, undefined, {effects}),
        error => finish(one, error || new Error('The script rejected with nothing')));
}

/** Auth0's limits: 20 entries, keys of 64 bytes, values of 4 kB, 8 kB in all, at most a day; kept by this process only. */
const cached = new Map();
const size = value => Buffer.byteLength(String(value));
const cache = {
    get(key) {
        const entry = cached.get(key);
        if (entry && entry.expires_at <= Date.now()) cached.delete(key);
        return cached.get(key);
    },
    set(key, value, options = {}) {
        const day = 24 * 60 * 60 * 1000;
        const now = Date.now();
        const wanted = options.expires_at || now + (options.ttl || 15 * 60 * 1000);
        if (size(key) > 64) return {type: 'error', code: 'CacheKeySizeExceeded'};
        if (size(value) > 4096) return {type: 'error', code: 'CacheValueSizeExceeded'};
        for (const [name, entry] of cached) if (entry.expires_at <= now) cached.delete(name);
        let total = size(key) + size(value);
        for (const [name, entry] of cached) if (name !== key) total += size(name) + size(entry.value);
        if (total > 8192 || (!cached.has(key) && cached.size >= 20)) return {type: 'error', code: 'CacheSizeExceeded'};
        cached.set(key, {value: String(value), expires_at: Math.min(wanted, now + day)});
        return {type: 'success'};
    },
    delete(key) {
        cached.delete(key);
        return {type: 'success'};
    },
};

/** While this process waits for its script: the packages that most scripts require take longer to load than it. */
function prepare(packages) {
    // First, for a package that looks at the real outputs makes them such that a write may fail.
    fence();
    for (const each of packages) {
        try {
            require(each);
        } catch {
            // The script's own require tells.
        }
    }
}

// ---- the line to the server ----

function take(message) {
    if (message.call) return call(message);
    if (message.ahead) return prepare(message.ahead);
    if (message.broker) require('./guard.js').install(message.broker);
    if (message.check) return check(message);
    fence();
    Module.syncBuiltinESMExports();
    load(message);
}

let rest = '';
input.setEncoding('utf8');
input.on('data', part => {
    const lines = (rest + part).split('\n');
    rest = lines.pop();
    for (const line of lines) take(parse(line));
});
input.on('end', () => leave(0));
