/**
 * Everybody binds a security key: who has one uses it, who has none proves what there is, binds one, and is let in.
 */
exports.onExecutePostLogin = async (event, api) => {
  const enrolled = event.user.enrolledFactors || [];
  const key = { type: 'webauthn-roaming' };
  if (enrolled.some((factor) => factor.type === key.type)) {
    api.authentication.challengeWith(key, { additionalFactors: [{ type: 'recovery-code' }] });
    return;
  }
  if (enrolled.length > 0) {
    api.authentication.challengeWithAny(enrolled.map((factor) => ({ type: factor.type })));
  }
  api.authentication.enrollWith(key);
};
