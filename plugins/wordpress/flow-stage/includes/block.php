<?php
/** The block: one, with a choice of the six widgets, drawn by the server on the page and in the editor. */

namespace FlowStage;

defined( 'ABSPATH' ) || exit;

const EDITOR_HANDLE = 'flow-stage-editor';

add_action( 'init', static function (): void {
	$file = 'block/editor.js';
	wp_register_script( EDITOR_HANDLE, plugins_url( $file, MAIN_FILE ), array( 'wp-blocks', 'wp-element', 'wp-block-editor', 'wp-components', 'wp-i18n', 'wp-server-side-render' ), (string) filemtime( plugin_dir_path( MAIN_FILE ) . $file ), true );
	wp_set_script_translations( EDITOR_HANDLE, 'flow-stage', plugin_dir_path( MAIN_FILE ) . 'languages' );
	register_block_type( plugin_dir_path( MAIN_FILE ) . 'block', array( 'render_callback' => __NAMESPACE__ . '\block' ) );
} );

// What may be chosen is said once, in PHP; the editor reads it.
add_action( 'enqueue_block_editor_assets', static function (): void {
	$fields = array();
	foreach ( fields() as $field => $rule ) {
		$fields[ $field ] = array_merge( $rule, array( 'name' => block_name( $field ) ) );
	}
	$told = array(
		'widgets'  => widgets(),
		'fields'   => $fields,
		'tones'    => array_keys( tones() ),
		'ready'    => is_ready(),
		'settings' => current_user_can( 'manage_options' ) ? admin_url( 'options-general.php?page=flow-stage' ) : '',
	);
	wp_add_inline_script( EDITOR_HANDLE, 'window.flowStageEditor = ' . wp_json_encode( $told, JSON_HEX_TAG | JSON_HEX_AMP ) . ';', 'before' );
} );

/** The HTML of a block. */
function block( array $given ): string {
	$named = array();
	foreach ( array_keys( fields() ) as $field ) {
		$named[ $field ] = $given[ block_name( $field ) ] ?? null;
	}
	$html = element( is_string( $given['widget'] ?? null ) ? $given['widget'] : '', $named );
	return '' === $html ? '' : sprintf( '<div %s>%s</div>', plain( get_block_wrapper_attributes() ), $html );
}
