/**
 * A second factor for the applications that say so, and for no other.
 *
 * An application says so in its metadata: "mfa": "required".
 */
exports.onExecutePostLogin = async (event, api) => {
  if (event.client.metadata.mfa === 'required') {
    api.multifactor.enable('any', { allowRememberBrowser: false });
  }
};
