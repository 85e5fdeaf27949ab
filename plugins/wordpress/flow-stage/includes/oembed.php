<?php
/** Addresses of the platform, pasted alone on a line, become what they show. */

namespace FlowStage;

defined( 'ABSPATH' ) || exit;

add_action( 'init', static function (): void {
	$server = settings()['server'];
	if ( '' !== $server ) {
		wp_oembed_add_provider( $server . '/*', $server . '/oembed' );
	}
} );

// A frame of the platform's asks nobody: where the site waits for consent, the link stays a link.
add_filter( 'embed_oembed_html', static function ( $html, string $address ) {
	$settings = settings();
	if ( '' === $settings['server'] || 'now' === $settings['consent'] || 0 !== strpos( $address, $settings['server'] . '/' ) ) {
		return $html;
	}
	return sprintf( '<a href="%s">%s</a>', esc_url( $address ), esc_html( $address ) );
}, 10, 2 );
