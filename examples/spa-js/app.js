import { createAuth0Client } from "/auth0-spa-js.js";

const MULTI_FACTOR = "http://schemas.openid.net/pape/policies/2007/06/multi-factor";
const $ = (id) => document.getElementById(id);
const page = `${location.origin}/`;
const useRefreshTokens = localStorage.getItem("refresh-tokens") === "yes";
const settings = await (await fetch("settings.json")).json();
const auth0 = await createAuth0Client({ ...settings, useRefreshTokens, authorizationParams: { redirect_uri: page } });

async function show(what) {
  const claims = await auth0.getIdTokenClaims();
  $("in").hidden = !claims;
  $("out").hidden = Boolean(claims);
  $("state").textContent = what ?? (claims ? `Signed in as ${claims.email}, by ${claims.amr.join(", ")}.` : "Nobody is signed in.");
  if (!claims) return;
  const { __raw, ...shown } = claims;
  $("claims").textContent = JSON.stringify(shown, null, 2);
}

/** What a button does, and in place of an exception what the server said. */
const on = (id, act) => $(id).addEventListener("click", () =>
  act().then(show, (failure) => show(`That did not work: ${failure.error_description ?? failure.message}`)));

on("log-in", () => auth0.loginWithRedirect());
on("log-in-popup", () => auth0.loginWithPopup());
on("renew", async () => {
  await auth0.getTokenSilently({ cacheMode: "off" });
  return `Renewed at ${new Date().toLocaleTimeString()}.`;
});
on("step-up", () => auth0.loginWithRedirect({ authorizationParams: { acr_values: MULTI_FACTOR, max_age: 0 } }));
on("log-out", () => auth0.logout({ logoutParams: { returnTo: page } }));
$("refresh-tokens").checked = useRefreshTokens;
$("refresh-tokens").addEventListener("change", ({ target }) => {
  localStorage.setItem("refresh-tokens", target.checked ? "yes" : "no");
  location.reload();
});

const answer = new URLSearchParams(location.search);
let failure;
if (answer.has("state")) {
  await auth0.handleRedirectCallback().catch(({ message }) => { failure = `That did not work: ${message}`; });
  history.replaceState({}, "", page);
}
await show(failure);
