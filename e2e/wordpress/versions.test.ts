import { afterAll, describe, expect, test } from 'vitest';
import { openStranger, says } from './platform.ts';
import { install, openWordPress, phpText, traces, type WordPress } from './wordpress.ts';

/* The oldest WordPress and PHP that the plugin names, and the newest that there is; the newest becomes a network. */

const opened = new Map<string, WordPress>();
const wordpress = async (version: string, php: string): Promise<WordPress> => {
  const wp = opened.get(version) ?? await openWordPress({ version, php });
  opened.set(version, wp);
  return wp;
};
afterAll(() => Promise.all([...opened.values()].map(({ close }) => close())));

describe('the oldest and the newest', () => {
  test.each([['6.3', '6.3.5', '7.4'], ['beta', '6.6-RC3', '8.4']])('WordPress %s, %s on PHP %s, takes the plugin and draws a widget without a word in its log', async (version, full, php) => {
    const wp = await wordpress(version, php);
    const stranger = await openStranger();
    stranger.answer = says('<flow-epk artist="x"><template shadowrootmode="open"><p>Three on a stage</p></template></flow-epk>');
    try {
      await install(wp);
      await wp.php(`update_option( 'flow_stage', array( 'server' => '${stranger.address}', 'key' => 'pk_any' ) );`);
      expect(await wp.php(`return array( get_bloginfo( 'version' ), PHP_MAJOR_VERSION . '.' . PHP_MINOR_VERSION );`)).toEqual([full, php]);
      const page = await (await fetch(await wp.php<string>(`return get_permalink( wp_insert_post( array( 'post_type' => 'page', 'post_status' => 'publish', 'post_title' => 'Concert', 'post_content' => ${phpText('<!-- wp:flow-stage/widget {"artist":"x"} /-->\n\n[flow_stage widget="programme"]')} ) ) );`, 'admin'))).text();
      expect(page).toMatch(/<div class="wp-block-flow-stage-widget"><flow-epk artist="x"><template shadowrootmode="open"><p>Three on a stage<\/p><\/template><a /);
      expect(page).toContain('<flow-programme json-ld><a ');
      expect(page.match(/<script[^>]*embed[.]js[^>]*>/g)).toHaveLength(1);
      // Every file, those too that no page of this test reads.
      expect(await wp.php(`ob_start(); FlowStage\\settings_page(); $page = ob_get_clean(); foreach ( get_plugin_files( 'flow-stage/flow-stage.php' ) as $file ) { if ( '.php' === substr( $file, -4 ) ) { token_get_all( file_get_contents( WP_PLUGIN_DIR . '/' . $file ), TOKEN_PARSE ); } } return substr_count( $page, '<label' );`, 'admin')).toBe(7);
      expect((await wp.php<string>(`return file_exists( WP_CONTENT_DIR . '/debug.log' ) ? file_get_contents( WP_CONTENT_DIR . '/debug.log' ) : '';`)).split('\n').filter((line) => /flow.?stage/i.test(line))).toEqual([]);
    } finally {
      await stranger.close();
    }
  });

  test('a network of three sites is left without a trace', async () => {
    const wp = await wordpress('beta', '8.4');
    const { host } = new URL(wp.address);
    await wp.php(`deactivate_plugins( 'flow-stage/flow-stage.php' );
      require_once ABSPATH . 'wp-admin/includes/network.php'; require_once ABSPATH . 'wp-admin/includes/upgrade.php';
      global $wpdb; foreach ( $wpdb->tables( 'ms_global' ) as $table => $name ) { $wpdb->$table = $name; }
      install_network();
      $made = populate_network( 1, '${host}', 'admin@demo.example', 'Network', '/', false );
      if ( is_wp_error( $made ) && 'no_wildcard_dns' !== $made->get_error_code() ) { throw new Exception( $made->get_error_message() ); }
      $config = ABSPATH . 'wp-config.php';
      file_put_contents( $config, str_replace( "if ( ! defined( 'ABSPATH' ) )", "define( 'MULTISITE', true ); define( 'SUBDOMAIN_INSTALL', false ); define( 'DOMAIN_CURRENT_SITE', '${host}' ); define( 'PATH_CURRENT_SITE', '/' ); define( 'SITE_ID_CURRENT_SITE', 1 ); define( 'BLOG_ID_CURRENT_SITE', 1 );\\nif ( ! defined( 'ABSPATH' ) )", file_get_contents( $config ) ) );`, 'admin');
    const all = (code: string) => `$told = array(); foreach ( get_sites( array( 'fields' => 'ids', 'orderby' => 'id' ) ) as $id ) { switch_to_blog( $id ); $told[ $id ] = ( static function () { ${code} } )(); restore_current_blog(); } return $told;`;
    expect(await wp.php(`return is_multisite();`)).toBe(true);
    await wp.php(`foreach ( array( 'two', 'three' ) as $name ) { $made = wpmu_create_blog( '${host}', "/$name/", $name, 1 ); if ( is_wp_error( $made ) ) { throw new Exception( $made->get_error_message() ); } }`, 'admin');
    await wp.php(`$made = activate_plugin( 'flow-stage/flow-stage.php', '', true ); if ( is_wp_error( $made ) ) { throw new Exception( $made->get_error_message() ); }`, 'admin');
    const lived = await wp.php<Record<string, string[]>>(all(`
      update_option( 'flow_stage', array( 'server' => 'https://stage.example', 'key' => 'pk_any' ) );
      set_transient( 'flow_stage_x', array( 'inside' => '', 'data' => '', 'stale' => 0 ), 600 );
      wp_schedule_single_event( time() + 600, 'flow_stage_refresh', array( 'x', 'y' ) );
      $post = wp_insert_post( array( 'post_title' => 'x', 'post_status' => 'publish' ) );
      update_post_meta( $post, '_oembed_0123', '<iframe src="https://stage.example/e/flow-epk"></iframe>' );
      update_post_meta( $post, '_oembed_4567', '<iframe src="https://video.example/"></iframe>' );
      ${traces}`), 'admin');
    expect(Object.keys(lived)).toEqual(['1', '2', '3']);
    for (const rows of Object.values(lived)) expect(rows).toEqual(expect.arrayContaining(['flow_stage', '_transient_flow_stage_x', 'cron', '_oembed_0123']));
    await wp.php(`deactivate_plugins( 'flow-stage/flow-stage.php', false, true ); $done = delete_plugins( array( 'flow-stage/flow-stage.php' ) ); if ( true !== $done ) { throw new Exception( 'not deleted' ); }`, 'admin');
    expect(await wp.php(all(traces))).toEqual({ 1: [], 2: [], 3: [] });
    // What is not ours stays.
    expect(await wp.php(all(`global $wpdb; return (int) $wpdb->get_var( "SELECT COUNT(*) FROM $wpdb->postmeta WHERE meta_key = '_oembed_4567'" );`))).toEqual({ 1: 1, 2: 1, 3: 1 });
  });
});
