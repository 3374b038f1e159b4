// The virtual authenticators of Chromium (Chrome DevTools Protocol, domain WebAuthn).

/** An authenticator that is plugged into a visitor's browser, or built in. */
export class Authenticator {
  static async add(visitor, transport) {
    const added = new Authenticator();
    added.cdp = visitor.cdp ??= await visitor.context.newCDPSession(visitor.page);
    await added.cdp.send("WebAuthn.enable");
    const options = {
      protocol: "ctap2",
      transport,
      hasUserVerification: true,
      hasResidentKey: transport === "internal",
      isUserVerified: true,
      automaticPresenceSimulation: true,
    };
    ({ authenticatorId: added.id } = await added.cdp.send("WebAuthn.addVirtualAuthenticator", { options }));
    return added;
  }

  async owner(isUserVerified) {
    await this.cdp.send("WebAuthn.setUserVerified", { authenticatorId: this.id, isUserVerified });
  }

  async credentials() {
    return (await this.cdp.send("WebAuthn.getCredentials", { authenticatorId: this.id })).credentials;
  }

  async remove() {
    await this.cdp.send("WebAuthn.removeVirtualAuthenticator", { authenticatorId: this.id });
  }
}
