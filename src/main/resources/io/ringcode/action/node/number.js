'use strict';
// What an action on a phone number may call. The first refusal counts, and is judged by the server once the action has ended.
const LONGEST_REASON = 1024;

exports.open = (event, cache) => {
    const effects = {};
    const api = {cache};
    const refuse = instead => reason => {
        if (!effects.refuse)
            effects.refuse = {instead, reason: String(reason === undefined ? '' : reason).slice(0, LONGEST_REASON)};
        return api;
    };
    api.number = {deny: refuse('any'), requireOtherFactor: refuse('other-factor')};
    const refusal = () => (effects.refuse ? {refuse: effects.refuse} : undefined);
    return {api, effects, refusal};
};
