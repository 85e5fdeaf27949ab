/* Imported first by every script a person starts: an old Node would fail later, and in a riddle. It runs on any Node with modules. */
const wanted = [20, 19];
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < wanted[0] || (major === wanted[0] && minor < wanted[1])) {
  console.error(`Flow Stage needs Node ${wanted.join('.')} or later, and this is ${process.versions.node}. Install a newer one (https://nodejs.org), then start again.`);
  process.exit(1);
}
