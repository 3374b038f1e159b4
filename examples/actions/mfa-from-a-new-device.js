/**
 * A second factor where the user has not signed in by this browser before, once in a session.
 */
exports.onExecutePostLogin = async (event, api) => {
  const methods = (event.authentication && event.authentication.methods) || [];
  if (methods.some((method) => method.name === 'mfa')) {
    return;
  }
  const assessments = event.authentication?.riskAssessment?.assessments;
  if (assessments?.NewDevice?.confidence === 'low') {
    api.multifactor.enable('any', { allowRememberBrowser: true });
  }
};
