// The first administrator of a server, with a phone as the second factor.
import { codeOn, messagesTo, origin, Visitor } from "./browser.mjs";

const email = "boss@example.com";
const phone = "+14155550195";
export const password = "a few words to remember";

/** On the page of the link: an account and its phone. */
export async function become(visitor) {
  await visitor.fill({ email, password });
  await visitor.page.click("button.primary");
  await visitor.bindFirstPhone(phone);
  await visitor.page.waitForURL(`${origin}/console`);
}

/** The administrator in another browser. */
export async function signIn(name, options = {}) {
  const visitor = await Visitor.come(name, options);
  await visitor.page.goto(`${origin}/console`);
  await visitor.fill({ username: email, password });
  await visitor.press("default");
  await visitor.press("sms");
  const sent = (await messagesTo(phone)).length;
  await visitor.enter(await codeOn(phone, sent));
  await visitor.page.waitForURL(`${origin}/console`);
  return visitor;
}
