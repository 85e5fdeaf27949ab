import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { pause } from '../product.ts';

/** A WordPress of its own: a process, files and a database that nobody else has. */
export interface WordPress {
  readonly address: string;
  /** Where its files lie. */
  readonly folder: string;
  /** Runs PHP inside it, as the user with the given login or as a visitor, and answers with what the code returns. @throws Error with what PHP said. */
  readonly php: <T = unknown>(code: string, login?: string) => Promise<T>;
  readonly close: () => Promise<void>;
}

const packages = path.join(import.meta.dirname, 'node_modules');
const zip = path.join(import.meta.dirname, '../../dist/flow-stage-wordpress.zip');

/* A door for the tests. A WordPress asks no private address by itself: here the platform is on the same machine, and nothing else is asked. */
const door = (secret: string): string => `<?php
add_filter( 'http_request_host_is_external', '__return_true' );
add_filter( 'http_allowed_safe_ports', static function ( $ports, $host, $url ) { return array_merge( $ports, array( (int) parse_url( $url, PHP_URL_PORT ) ) ); }, 10, 3 );
add_filter( 'pre_http_request', static function ( $answer, $asked, $url ) {
  return in_array( parse_url( $url, PHP_URL_HOST ), array( '127.0.0.1', 'localhost' ), true ) ? $answer : new WP_Error( 'closed', 'The tests ask nobody outside.' );
}, 10, 3 );
add_action( 'wp_loaded', static function () {
  if ( ( $_SERVER['HTTP_X_DOOR'] ?? '' ) !== '${secret}' ) { return; }
  require_once ABSPATH . 'wp-admin/includes/admin.php';
  $who = (string) ( $_SERVER['HTTP_X_LOGIN'] ?? '' );
  if ( '' !== $who ) { wp_set_current_user( get_user_by( 'login', $who )->ID ); }
  header( 'Content-Type: application/json' );
  ob_start();
  try {
    $answer = array( 'value' => eval( file_get_contents( 'php://input' ) ) );
  } catch ( Throwable $error ) {
    $answer = array( 'fault' => get_class( $error ) . ': ' . $error->getMessage() . ' in ' . $error->getFile() . ':' . $error->getLine() );
  }
  $answer['said'] = ob_get_clean();
  echo wp_json_encode( $answer, JSON_INVALID_UTF8_SUBSTITUTE );
  exit;
}, 9999 );
`;

/** Boots a WordPress of a version that the packages hold, with the plugin's zip beside it as `/wordpress/flow-stage.zip`. */
export async function openWordPress({ version, php }: { version: string; php: string }): Promise<WordPress> {
  const folder = mkdtempSync(path.join(tmpdir(), 'flow-stage-wordpress-'));
  const builds = path.join(packages, '@wp-playground/wordpress-builds');
  for (const [name, bytes] of unzip(readFileSync(path.join(builds, `src/wordpress/wp-${version}.zip`)))) write(path.join(folder, name), bytes);
  // The archive has the PHP alone; scripts and styles lie beside it.
  cpSync(path.join(builds, `public/wp-${version}`), folder, { recursive: true });
  const secret = randomBytes(16).toString('hex');
  write(path.join(folder, 'wp-content/mu-plugins/door.php'), door(secret));
  write(path.join(folder, 'flow-stage.zip'), readFileSync(zip));

  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, [
    path.join(packages, '@wp-playground/cli/wp-playground.js'), 'server', `--port=${port}`, `--php=${php}`, '--workers=4', `--mount-before-install=${folder}:/wordpress`,
    '--wordpress-install-mode=install-from-existing-files', `--site-url=${address}`, '--define-bool', 'WP_DEBUG', 'true', '--define-bool', 'WP_DEBUG_LOG', 'true', '--define-bool', 'WP_DEBUG_DISPLAY', 'false',
  ], { stdio: ['ignore', 'pipe', 'pipe'], cwd: import.meta.dirname });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => { said.push(chunk.toString()); if (process.env['SHOW_WORDPRESS']) process.stderr.write(chunk); });
  const close = async (): Promise<void> => {
    if (child.exitCode === null) {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await gone;
    }
    rmSync(folder, { recursive: true, force: true });
  };

  const run = async <T>(code: string, login = ''): Promise<T> => {
    const response = await fetch(`${address}/`, { method: 'POST', headers: { 'x-door': secret, 'x-login': login, 'content-type': 'text/plain' }, body: code, redirect: 'manual' });
    const text = await response.text();
    if (!text.startsWith('{')) throw new Error(`WordPress answered ${response.status}: ${text.slice(0, 2_000)}`);
    const { value, fault, said: output } = JSON.parse(text) as { value?: T; fault?: string; said: string };
    if (fault) throw new Error(`${fault}\n${output}`);
    return value as T;
  };
  for (let tries = 0; tries < 900; tries += 1) {
    if (child.exitCode !== null) break;
    if (await run<string>('return get_bloginfo( "version" );').then(Boolean, () => false)) return { address, folder, php: run, close };
    await pause(100);
  }
  await close();
  throw new Error(`WordPress ${version} did not open: ${said.join('').slice(-3_000)}`);
}

/** Uploads the plugin's zip and activates what is in it, as an administrator would; on a network, for all its sites. @throws Error with what WordPress said. */
export async function install({ php }: WordPress): Promise<void> {
  const result = await php<string>(`require_once ABSPATH . 'wp-admin/includes/class-wp-upgrader.php';
    $upgrader = new Plugin_Upgrader( new Automatic_Upgrader_Skin() );
    if ( true !== $upgrader->install( ABSPATH . 'flow-stage.zip' ) ) { return implode( ' ', $upgrader->skin->get_upgrade_messages() ); }
    return is_wp_error( $error = activate_plugin( 'flow-stage/flow-stage.php', '', is_multisite() ) ) ? $error->get_error_message() : 'active';`, 'admin');
  if (result !== 'active') throw new Error(result);
}

/** PHP: what WordPress still has of the plugin on the current site, by the names of the rows. */
export const traces = `global $wpdb; return array_merge(
  $wpdb->get_col( "SELECT option_name FROM $wpdb->options WHERE option_name LIKE '%flow_stage%' OR ( option_name NOT IN ( 'active_plugins', 'recently_activated' ) AND option_name NOT LIKE '%\\_transient\\_%' AND option_value LIKE '%flow_stage%' )" ),
  $wpdb->get_col( "SELECT meta_key FROM $wpdb->postmeta WHERE meta_value LIKE '%/e/flow-%'" ),
  $wpdb->get_col( "SELECT post_title FROM $wpdb->posts WHERE post_type = 'oembed_cache' AND post_content LIKE '%/e/flow-%'" ),
  $wpdb->get_col( "SELECT meta_key FROM $wpdb->usermeta WHERE meta_key LIKE '%flow_stage%'" ) );`;

/** PHP that is a string, whatever is in it. */
export const phpText = (text: string): string => `base64_decode('${Buffer.from(text).toString('base64')}')`;

/** The files of a zip by their names. */
function unzip(bytes: Buffer): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  const end = bytes.lastIndexOf('PK\u0005\u0006');
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [method, packed, name, extra, note, where] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20), bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32), bytes.readUInt32LE(at + 42)];
    const title = bytes.toString('utf8', at + 46, at + 46 + name);
    const start = where + 30 + bytes.readUInt16LE(where + 26) + bytes.readUInt16LE(where + 28);
    const body = bytes.subarray(start, start + packed);
    if (!title.endsWith('/')) files.set(title, method === 8 ? inflateRawSync(body) : body);
    at += 46 + name + extra + note;
  }
  return files;
}

const write = (file: string, bytes: Buffer | string): void => {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, bytes);
};

const freePort = (): Promise<number> => new Promise((resolve, reject) => {
  const server = createServer().once('error', reject).listen(0, '127.0.0.1', () => {
    const { port } = server.address() as { port: number };
    server.close(() => { resolve(port); });
  });
});
