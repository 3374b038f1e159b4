exports.onExecuteSendPhoneMessage = async (event) => {};
