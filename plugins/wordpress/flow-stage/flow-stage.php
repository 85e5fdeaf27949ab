<?php
/**
 * Plugin Name:       Flow Stage
 * Description:       Press kits, free days, booking requests, programmes and tour maps of live music, on your own pages.
 * Version:           1.0.0
 * Requires at least: 6.3
 * Requires PHP:      7.4
 * Author:            Flow Stage
 * License:           GPL-2.0-or-later
 * License URI:       https://www.gnu.org/licenses/gpl-2.0.html
 * Text Domain:       flow-stage
 * Domain Path:       /languages
 */

namespace FlowStage;

defined( 'ABSPATH' ) || exit;

const MAIN_FILE = __FILE__;

require __DIR__ . '/includes/settings.php';
require __DIR__ . '/includes/widgets.php';
require __DIR__ . '/includes/fragment.php';
require __DIR__ . '/includes/script.php';
require __DIR__ . '/includes/element.php';
require __DIR__ . '/includes/block.php';
require __DIR__ . '/includes/oembed.php';
require __DIR__ . '/includes/settings-page.php';

add_action( 'init', static function (): void {
	load_plugin_textdomain( 'flow-stage', false, dirname( plugin_basename( __FILE__ ) ) . '/languages' );
}, 1 );

register_deactivation_hook( __FILE__, static function (): void {
	wp_unschedule_hook( REFRESH );
} );
