'use strict';
// The only road out of a worker: every TCP connection is asked for at the server's broker, which looks the name up,
// refuses what may not be reached, connects, and answers with a socket path that leads there. Where the operating system
// gives the worker a network of its own, which is empty, this is a road; elsewhere it is the wall as well.
const net = require('net');
const dgram = require('dgram');
const dns = require('dns');

exports.install = broker => {
    const connect = net.Socket.prototype.connect;

    net.Socket.prototype.connect = function (...args) {
        const [options, listener] = Array.isArray(args[0]) ? args[0] : net._normalizeArgs(args);
        if (typeof listener === 'function') this.once('connect', listener);
        this.connecting = true;
        const refuse = (code, message) => {
            this.connecting = false;
            this.destroy(Object.assign(new Error(message), {code, syscall: 'connect'}));
        };
        if (options.path || !options.port) {
            process.nextTick(refuse, 'EACCES', 'Only TCP connections to a host and port are allowed');
            return this;
        }
        ask(String(options.host || 'localhost'), Number(options.port), answer => {
            if (this.destroyed) return;
            if (answer.path) connect.call(this, {path: answer.path});
            else refuse(answer.code, answer.message);
        });
        return this;
    };

    function ask(host, port, then) {
        const asking = new net.Socket();
        let text = '';
        let answered = false;
        const answer = told => {
            if (answered) return;
            answered = true;
            asking.destroy();
            then(told);
        };
        asking.setEncoding('utf8');
        asking.on('data', part => {
            text += part;
            if (text.endsWith('\n')) answer(JSON.parse(text));
        });
        asking.on('error', error => answer({code: error.code, message: 'The network of hooks is not available'}));
        asking.on('close', () => answer({code: 'ECONNREFUSED', message: 'The network of hooks is closed'}));
        connect.call(asking, {path: broker});
        asking.write(JSON.stringify({host, port}) + '\n');
    }

    const closed = what => () => {
        throw Object.assign(new Error(`${what} is not available to hooks`), {code: 'ERR_ACCESS_DENIED'});
    };
    net.Server.prototype.listen = closed('Listening');
    dgram.createSocket = closed('UDP');
    dgram.Socket = closed('UDP');
    closeNames(dns, closed('DNS'));
    closeNames(dns.promises, closed('DNS'));
};

function closeNames(names, closed) {
    for (const name of Object.keys(names)) {
        if (/^(lookup|resolve|reverse|Resolver|setServers)/.test(name)) names[name] = closed;
    }
}
