// Takes the place of the extension's main module in a copy of the extension. Puts secrets into the extension's own
// secret storage before it starts, as if a person had typed them in: nobody else can write there.
const extension = require('./pipebase.js');

exports.activate = async (context) => {
  const secrets = JSON.parse(process.env.PIPEBASE_START_SECRETS ?? '[]');
  delete process.env.PIPEBASE_START_SECRETS;
  for (const [key, value] of secrets) await context.secrets.store(key, value);
  return extension.activate(context);
};
