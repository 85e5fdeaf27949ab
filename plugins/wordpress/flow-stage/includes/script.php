<?php
/** The platform's one script, printed once, and only on pages with a widget: at once, after consent, or after a click. */

namespace FlowStage;

defined( 'ABSPATH' ) || exit;

/** The name under which WordPress knows the script and the style: both are printed once, however many widgets there are. */
const HANDLE = 'flow-stage';

/** The room that a widget takes until it is there, from a wide page to a phone: what the platform's own script says too, once it is there. */
const ROOMS = array(
	'flow-epk'                        => 'clamp(1000px,1450px - 62.5vw,1200px)',
	'flow-availability'               => 'clamp(520px,1195px - 93.75vw,820px)',
	'flow-booking-request'            => 'clamp(640px,1135px - 68.75vw,860px)',
	'flow-booking-request[steps=one]' => 'clamp(1320px,2287.5px - 134.375vw,1750px)',
	'flow-programme'                  => 'clamp(700px,1285px - 81.25vw,960px)',
	'flow-tour-map'                   => 'clamp(700px,1375px - 93.75vw,1000px)',
	'flow-contract-status'            => 'clamp(260px,305px - 6.25vw,280px)',
);

add_action( 'init', static function (): void {
	$settings = settings();
	if ( is_ready() ) {
		wp_register_script( HANDLE, $settings['server'] . '/v1/embed.js', array(), null, array( 'strategy' => 'async' ) );
	} else {
		// The block names it, and it is nothing yet.
		wp_register_script( HANDLE, false, array(), null );
	}
	wp_register_style( HANDLE, false, array(), null );
	$tags  = implode( ',', array_keys( ROOMS ) );
	$rules = ":where({$tags}){display:block}"
		. '.flow-stage-wait:not([hidden]){display:grid;gap:.6em;justify-items:start;padding:1.5em;margin:0 0 .6em;border:1px solid;border-color:color-mix(in srgb,currentColor 25%,transparent);border-radius:6px}'
		. '.flow-stage-ask{font:inherit;padding:.6em 1em;cursor:pointer}.flow-stage-why{font-size:.875em}';
	if ( 'now' === $settings['consent'] ) {
		// Nothing moves when the widget comes; a reader without scripts gets no empty room.
		$rooms = '';
		foreach ( ROOMS as $tag => $room ) {
			$rooms .= ":where({$tag}:not(:defined)){min-height:var(--flow-room,{$room})}";
		}
		$rules .= "@media (scripting:enabled){{$rooms}}";
	}
	wp_add_inline_style( HANDLE, $rules );
}, 5 );

// A page whose text has a widget gets script and style in its head, whatever the theme; elsewhere they come with the first widget.
add_action( 'wp_enqueue_scripts', static function (): void {
	$post = get_queried_object();
	if ( is_singular() && $post instanceof \WP_Post && ( has_block( 'flow-stage/widget', $post ) || has_shortcode( $post->post_content, 'flow_stage' ) ) ) {
		enqueue();
	}
} );

/** Sees to it that the page has the script and the style. */
function enqueue(): void {
	if ( is_ready() ) {
		wp_enqueue_script( HANDLE );
		wp_enqueue_style( HANDLE );
	}
}

add_filter( 'script_loader_tag', static function ( string $tag, string $handle ): string {
	return HANDLE === $handle && is_ready() ? script_tag() : $tag;
}, 20, 2 );

/** The script tag, or what waits to write it. Both pass the filters by which WordPress adds a nonce. */
function script_tag(): string {
	$settings = settings();
	if ( '' === $settings['lang'] && is_admin() ) {
		// The editor's canvas names no language: visitors will have the site's.
		$settings['lang'] = substr( get_bloginfo( 'language' ), 0, 2 );
	}
	$loader = array(
		// Rocket Loader asks that its word comes first.
		'data-cfasync'     => 'false',
		'id'               => HANDLE . '-js',
		'async'            => true,
		'src'              => $settings['server'] . '/v1/embed.js',
		'data-key'         => $settings['key'],
		'data-theme'       => 'host' === $settings['theme'] ? false : $settings['theme'],
		'data-lang'        => '' === $settings['lang'] ? false : $settings['lang'],
		'data-no-optimize' => '1',
		'data-no-defer'    => '1',
		'data-no-minify'   => '1',
	);
	if ( 'now' === $settings['consent'] || is_admin() ) {
		return wp_get_script_tag( with_nonce( array_filter( $loader, static function ( $value ): bool {
			return false !== $value;
		} ) ) );
	}
	$waiting = array(
		'data-cfasync'       => 'false',
		'id'                 => HANDLE . '-consent',
		'data-src'           => $loader['src'],
		'data-key'           => $loader['data-key'],
		'data-theme'         => (string) $loader['data-theme'],
		'data-lang'          => (string) $loader['data-lang'],
		'data-event'         => 'event' === $settings['consent'] ? $settings['event'] : '',
		'data-flow-category' => 'event' === $settings['consent'] ? $settings['category'] : '',
		'data-no-optimize'   => '1',
		'data-no-defer'      => '1',
		'data-no-minify'     => '1',
	);
	return wp_get_inline_script_tag( (string) file_get_contents( plugin_dir_path( MAIN_FILE ) . 'assets/consent.js' ), with_nonce( array_filter( $waiting, 'strlen' ) ) );
}

/** The nonce of a policy that some other plugin, or a filter of the site's own, sends. */
function with_nonce( array $attributes ): array {
	$nonce = apply_filters( 'flow_stage_nonce', '' );
	if ( is_string( $nonce ) && '' !== $nonce ) {
		$attributes['nonce'] = $nonce;
	}
	return $attributes;
}
