<?php
/** What a site says once about itself and the platform: one option, one row. */

namespace FlowStage;

defined( 'ABSPATH' ) || exit;

/** The option that holds it all; each site of a network has its own. */
const OPTION = 'flow_stage';

/** `host` takes the page's own colours; `auto` is light or dark as the reader's device says. */
const THEMES = array( 'host', 'auto', 'light', 'dark', 'contrast' );

/** The languages of the widgets; an empty one is the page's own. */
const LANGUAGES = array( '', 'fr', 'en', 'nl', 'de' );

/** When the platform's script may come: at once, after an event of a consent tool, or once a visitor clicked. */
const CONSENTS = array( 'now', 'event', 'click' );

const BLANK = array(
	'server'   => '',
	'key'      => '',
	'theme'    => 'host',
	'lang'     => '',
	'consent'  => 'now',
	'event'    => '',
	'category' => 'marketing',
);

/** The settings as they are kept, each a string. */
function settings(): array {
	$kept = get_option( OPTION );
	$kept = is_array( $kept ) ? array_filter( array_intersect_key( $kept, BLANK ), 'is_string' ) : array();
	return array_merge( BLANK, $kept );
}

/** Whether there is a platform to ask and a name to ask under. */
function is_ready(): bool {
	$settings = settings();
	return '' !== $settings['server'] && '' !== $settings['key'];
}

/** The settings that somebody typed, each right or as it was; what was wrong is said on the settings page. */
function checked_settings( $typed ): array {
	$kept  = settings();
	$typed = is_array( $typed ) ? $typed : array();
	$said  = static function ( string $name ) use ( $typed, $kept ): string {
		return isset( $typed[ $name ] ) && is_string( $typed[ $name ] ) ? trim( plain( $typed[ $name ] ) ) : $kept[ $name ];
	};
	$right = $kept;

	$server = origin_of( $said( 'server' ) );
	if ( null === $server ) {
		refuse( 'server', __( 'The server address must look like https://stage.example, without a path. It was not changed.', 'flow-stage' ) );
	} else {
		$right['server'] = $server;
	}
	$key = $said( 'key' );
	if ( '' !== $key && ! preg_match( '/^pk_[A-Za-z0-9_-]{3,80}$/D', $key ) ) {
		refuse( 'key', __( 'A publishable key begins with pk_ and has letters and digits only. It was not changed.', 'flow-stage' ) );
	} else {
		$right['key'] = $key;
	}
	foreach ( array( 'theme' => THEMES, 'lang' => LANGUAGES, 'consent' => CONSENTS ) as $name => $known ) {
		$right[ $name ] = in_array( $said( $name ), $known, true ) ? $said( $name ) : $kept[ $name ];
	}
	$event = $said( 'event' );
	if ( '' !== $event && ! preg_match( '/^[A-Za-z][A-Za-z0-9_.:-]{0,79}$/D', $event ) ) {
		refuse( 'event', __( 'The name of a consent event has letters, digits, dots, colons, hyphens and underscores only. It was not changed.', 'flow-stage' ) );
	} else {
		$right['event'] = $event;
	}
	$category = $said( 'category' );
	if ( '' !== $category && ! preg_match( '/^[A-Za-z][A-Za-z0-9_-]{0,39}$/D', $category ) ) {
		refuse( 'category', __( 'The name of a consent category has letters, digits, hyphens and underscores only. It was not changed.', 'flow-stage' ) );
	} else {
		$right['category'] = '' === $category ? BLANK['category'] : $category;
	}
	if ( 'event' === $right['consent'] && '' === $right['event'] ) {
		refuse( 'event', __( 'Name the event after which the widgets may load. Until then they wait for a click.', 'flow-stage' ) );
		$right['consent'] = 'click';
	}
	return $right;
}

/** Says on the settings page why something was not taken, once: WordPress checks a first value twice. */
function refuse( string $field, string $why ): void {
	if ( ! function_exists( 'add_settings_error' ) ) {
		return;
	}
	foreach ( get_settings_errors( OPTION ) as $known ) {
		if ( $known['message'] === $why ) {
			return;
		}
	}
	add_settings_error( OPTION, 'flow-stage-' . $field, $why );
}

/** The origin of an address that somebody typed, '' of nothing, null of anything else. Plain http is for one's own machine. */
function origin_of( string $typed ): ?string {
	if ( '' === $typed ) {
		return '';
	}
	if ( ! preg_match( '#^(https?)://([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?::([0-9]{1,5}))?/?$#iD', $typed, $part ) ) {
		return null;
	}
	$scheme = strtolower( $part[1] );
	$host   = strtolower( $part[2] );
	$local  = 'localhost' === $host || '127.0.0.1' === $host || '.localhost' === substr( $host, -10 );
	if ( 'http' === $scheme && ! $local ) {
		return null;
	}
	$port  = isset( $part[3] ) ? (int) $part[3] : 0;
	$usual = array( 'http' => 80, 'https' => 443 );
	return $scheme . '://' . $host . ( $port && $port !== $usual[ $scheme ] ? ':' . $port : '' );
}

/** The origin of this site's pages, as browsers send it: what belongs on the platform's list of allowed addresses. */
function own_origin(): string {
	$part = wp_parse_url( home_url() );
	return strtolower( ( $part['scheme'] ?? 'https' ) . '://' . ( $part['host'] ?? '' ) ) . ( isset( $part['port'] ) ? ':' . $part['port'] : '' );
}

/** Text without what no page should carry: NUL and its kind, and bytes that are no UTF-8. */
function plain( string $text ): string {
	return (string) preg_replace( '/[\x00-\x08\x0B\x0C\x0E-\x1F\x7F]/', '', wp_check_invalid_utf8( $text ) );
}
