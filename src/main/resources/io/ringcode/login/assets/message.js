// The answer to a sign-in, for the window that asked; the browser delivers it to no other origin.
"use strict";
const { target, message } = document.body.dataset;
const asker = window.parent === window ? window.opener : window.parent;
asker?.postMessage(JSON.parse(message), target);
