'use strict';
// Loaded into npm before npm itself. A package of the registry may name dependencies by address, repository or file, and npm
// would fetch those while it still makes the tree that is judged later. Every fetch is made by pacote's FetcherBase.get;
// here it gives out fetchers of the registry only. Until it is found, nothing connects, so that an npm that is made otherwise fails.
const Module = require('module');
const net = require('net');
const child = require('child_process');

const load = Module._load;
let found = false;

Module._load = function (...args) {
    const loaded = load.apply(this, args);
    if (typeof loaded === 'function' && loaded.name === 'FetcherBase' && typeof loaded.get === 'function') guard(loaded);
    return loaded;
};

function guard(base) {
    if (base.guarded) return;
    const get = base.get;
    // Archives are fetched by the addresses that the registry itself gave with a package's manifest.
    const archives = new Set();
    base.get = (spec, options) => {
        const fetcher = get(spec, options);
        if (fetcher.constructor.name === 'RegistryFetcher') {
            const manifest = fetcher.manifest.bind(fetcher);
            fetcher.manifest = () => manifest().then(found => {
                if (found._resolved) archives.add(new URL(found._resolved).pathname);
                return found;
            });
            return fetcher;
        }
        const address = fetcher.constructor.name === 'RemoteFetcher' && new URL(fetcher.spec.fetchSpec);
        if (address && address.origin === new URL(options.registry).origin && archives.has(address.pathname)) return fetcher;
        throw Object.assign(new Error(`Not from the registry, and so not installed: ${String(fetcher.spec.name || spec)}`), {
            code: 'ENOTREGISTRY',
        });
    };
    base.guarded = true;
    found = true;
}

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...args) {
    if (found) return connect.apply(this, args);
    throw Object.assign(new Error('This version of npm cannot be kept to the registry'), {code: 'ENOTREGISTRY'});
};

const refuse = () => {
    throw Object.assign(new Error('npm may not start programs here'), {code: 'ENOTREGISTRY'});
};
for (const name of ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork']) child[name] = refuse;
