// An application whose callback leads on to another origin, in a real Chromium: the end of a sign-in gets there.
import { close, Visitor } from "./browser.mjs";
import { assert, call } from "./calls.mjs";

const password = "a few words to remember";
const welcome = process.env.RINGCODE_WELCOME;
let people = 0;

async function arrive(options, parameters) {
  const phone = `+1415555030${++people}`;
  const visitor = await Visitor.come(`hops-${people}`, options);
  await visitor.go({ screen_hint: "signup", ...parameters });
  await visitor.fill({ email: `hops-${people}@example.com`, password });
  await visitor.press("default");
  await visitor.bindFirstPhone(phone);
  return visitor;
}

for (const [how, options] of Object.entries({ "with scripts": {}, "without scripts": { javaScriptEnabled: false } })) {
  await call(`a redirect is followed from the callback on, ${how}`, async () => {
    const visitor = await arrive(options, {});
    await visitor.page.waitForURL((url) => url.href.startsWith(welcome), { timeout: 10_000 });
    await visitor.context.close();
  });

  await call(`so is one after an answer by form, ${how}`, async () => {
    const visitor = await arrive(options, { response_mode: "form_post" });
    if (!visitor.scripts) await visitor.page.click("form#form-post button");
    await visitor.page.waitForURL((url) => url.href.startsWith(welcome), { timeout: 10_000 });
    await visitor.context.close();
  });
}

await close();
