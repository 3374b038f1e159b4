'use strict';
// The only road out of a worker: every TCP connection is asked for at the server's broker, which looks the name up,
// refuses what may not be reached, connects, and answers with a socket path that leads there. Where the operating system
// gives the worker a network of its own, which is empty, this is a road; elsewhere it is the wall as well.
const net = require('net');
const dgram = require('dgram');
const dns = require('dns');

exports.install = broker => {
    const connect = net.Socket.prototype.connect;
    const road = Object.create(null);
    road[broker] = true;
    closeHandles(connect, broker, road);

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
            if (answer.path) {
                road[answer.path] = true;
                connect.call(this, {path: answer.path});
            } else refuse(answer.code, answer.message);
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

/** Whoever gets hold of a handle below a socket, and so of its class, finds its methods closed too. */
function closeHandles(connect, broker, road) {
    const denied = -13;
    const close = (handle, names) => {
        const methods = typeof handle === 'object' && handle ? Object.getPrototypeOf(handle) : {};
        for (const name of names)
            Object.defineProperty(methods, name, {value: () => denied, configurable: false, writable: false});
        if (handle && handle.close) handle.close();
    };
    const probe = new net.Socket();
    probe.on('error', () => {});
    connect.call(probe, {path: broker});
    const pipe = Object.getPrototypeOf(probe._handle);
    const pipeConnect = pipe.connect;
    const apply = Reflect.apply;
    Object.defineProperty(pipe, 'connect', {
        value(request, path) {
            return typeof path === 'string' && road[path] ? apply(pipeConnect, this, [request, path]) : denied;
        },
        configurable: false,
        writable: false,
    });
    for (const name of ['bind', 'listen', 'fchmod'])
        Object.defineProperty(pipe, name, {value: () => denied, configurable: false, writable: false});
    probe.destroy();
    const methods = ['connect', 'connect6', 'bind', 'bind6', 'listen', 'send', 'send6'];
    close(net._createServerHandle('0.0.0.0', 0, 4), methods);
    net._createServerHandle = () => denied;
    if (dgram._createSocketHandle) {
        close(dgram._createSocketHandle('0.0.0.0', 0, 'udp4'), methods);
        dgram._createSocketHandle = () => denied;
    }
}

function closeNames(names, closed) {
    for (const name of Object.keys(names)) {
        if (/^(lookup|resolve|reverse|Resolver|setServers)/.test(name)) names[name] = closed;
    }
}
