// The page of a React application that signs its users in by the provider of @auth0/auth0-react, and lists their methods.
import { require } from "/packages.mjs";

const { createElement: h, useEffect, useState } = require("react");
const { createRoot } = require("react-dom/client");
const { Auth0Provider, useAuth0 } = require("@auth0/auth0-react");

function Methods() {
  const { myAccount } = useAuth0();
  const [methods, setMethods] = useState(null);
  const list = async () => setMethods(await myAccount.getAuthenticationMethods());
  useEffect(() => {
    list();
  }, []);
  const remove = async (id) => {
    await myAccount.deleteAuthenticationMethod(id);
    await list();
  };
  return methods && h("div", null,
    h("ul", null, methods.map(({ id, type, name, phone_number: number }) =>
      h("li", { key: id }, `${type} ${name ?? number ?? ""} `, h("button", { id, onClick: () => remove(id) }, "Remove")))),
    h("button", { id: "list", onClick: list }, "List again"));
}

function App() {
  const auth0 = useAuth0();
  window.auth0 = auth0;
  if (auth0.isLoading) return h("p", null, "One moment …");
  if (auth0.error) return h("p", { id: "state" }, `That did not work: ${auth0.error.message}`);
  if (!auth0.isAuthenticated) return h("button", { id: "log-in", onClick: () => auth0.loginWithRedirect() }, "Log in");
  return h("div", null, h("p", { id: "state" }, `Signed in as ${auth0.user.email}.`), h(Methods));
}

const settings = await (await fetch("settings.json")).json();
const provider = { ...settings, useRefreshTokens: true, useMrrt: true, authorizationParams: { redirect_uri: `${location.origin}/` } };
createRoot(document.getElementById("root")).render(h(Auth0Provider, provider, h(App)));
