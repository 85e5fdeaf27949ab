<?php
/**
 * What the platform's server draws of a widget, for readers without scripts and for search engines.
 *
 * A visitor waits for it on the first view alone, two seconds at most for all widgets of the page, and five minutes pass before a
 * platform that did not answer is asked again. What is kept is shown at once; when it is older than a quarter of an hour, a job
 * asks for it anew, behind the visitor's back.
 */

namespace FlowStage;

defined( 'ABSPATH' ) || exit;

const PREFIX          = 'flow_stage_';
const REFRESH         = 'flow_stage_refresh';
const PATIENCE        = 2.0;
const FRESH_SECONDS   = 15 * MINUTE_IN_SECONDS;
const KEPT_SECONDS    = 2 * DAY_IN_SECONDS;
const SILENCE_SECONDS = 5 * MINUTE_IN_SECONDS;
const BYTES_MAX       = 512 * KB_IN_BYTES;

/** The drawn inside of an element (`inside`, HTML) and what search engines are told of it (`data`, JSON), each '' when there is none. */
function fragment( string $tag, array $attributes ): array {
	$address = fragment_address( $tag, $attributes );
	$kept    = get_transient( PREFIX . md5( $address ) );
	if ( ! is_array( $kept ) ) {
		$kept = ask( $address, $tag );
	} elseif ( time() >= $kept['stale'] && ! wp_next_scheduled( REFRESH, array( $address, $tag ) ) ) {
		wp_schedule_single_event( time(), REFRESH, array( $address, $tag ) );
	}
	return array( 'inside' => $kept['inside'], 'data' => $kept['data'] );
}

/** Where the platform draws a widget: `/v1/render/` for another page to take, `/e/` as a page of its own. */
function fragment_address( string $tag, array $attributes, string $door = '/v1/render/' ): string {
	$settings = settings();
	$query    = array( 'key' => $settings['key'] );
	foreach ( $attributes as $name => $value ) {
		$query[ $name ] = true === $value ? '1' : $value;
	}
	$query['lang'] = '' === $settings['lang'] ? substr( get_bloginfo( 'language' ), 0, 2 ) : $settings['lang'];
	return $settings['server'] . $door . $tag . '?' . http_build_query( $query, '', '&', PHP_QUERY_RFC3986 );
}

/** Asks the platform within what is left of the page's two seconds, and keeps the answer, or that there was none. */
function ask( string $address, string $tag ): array {
	static $waited = 0.0;
	$before = get_transient( PREFIX . md5( $address ) );
	$none   = array( 'inside' => '', 'data' => '', 'stale' => time() + SILENCE_SECONDS );
	// What there was is better than nothing, and whoever comes meanwhile does not wait too.
	$meanwhile = array_merge( is_array( $before ) ? $before : $none, array( 'stale' => $none['stale'] ) );
	set_transient( PREFIX . md5( $address ), $meanwhile, is_array( $before ) ? KEPT_SECONDS : SILENCE_SECONDS );
	$left = PATIENCE - $waited;
	if ( $left < 0.1 ) {
		return $meanwhile;
	}
	$began  = microtime( true );
	$answer = wp_safe_remote_get( $address, array(
		'timeout'             => $left,
		'redirection'         => 0,
		'limit_response_size' => BYTES_MAX,
		'headers'             => array( 'Accept' => 'text/html', 'Origin' => own_origin() ),
	) );
	$waited += microtime( true ) - $began;
	if ( is_wp_error( $answer ) || 200 !== wp_remote_retrieve_response_code( $answer ) ) {
		return $meanwhile;
	}
	$body = wp_remote_retrieve_body( $answer );
	$new  = strlen( $body ) < BYTES_MAX ? read_fragment( $body, $tag ) : null;
	if ( null === $new ) {
		return $meanwhile;
	}
	$new['stale'] = time() + FRESH_SECONDS;
	set_transient( PREFIX . md5( $address ), $new, KEPT_SECONDS );
	return $new;
}

add_action( REFRESH, __NAMESPACE__ . '\ask', 10, 2 );

/** The parts of a drawn widget that a page takes; null of anything that could do more than be read. */
function read_fragment( string $html, string $tag ): ?array {
	$html = plain( $html );
	$data = array();
	if ( preg_match_all( '#<script type="application/ld\+json">(.*?)</script>#s', $html, $found ) ) {
		foreach ( $found[1] as $json ) {
			$said = json_decode( $json, true );
			if ( ! is_array( $said ) ) {
				return null;
			}
			$data[] = wp_json_encode( $said, JSON_HEX_TAG | JSON_HEX_AMP | JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE );
		}
		$html = str_replace( $found[0], '', $html );
	}
	// Answers for the widget to begin with would be old by the time they are read: it asks for itself.
	$html = (string) preg_replace( '#<script type="application/json"[^>]*>.*?</script>#s', '', $html );
	$name = preg_quote( $tag, '#' );
	// Its plain link is ours to print: the shadow root is what we came for.
	if ( ! preg_match( "#<{$name}(?=[\\s>])[^>]*>\\s*(<template\\s[^>]*shadowrootmode=.*</template>).*</{$name}>#s", $html, $part ) || ! is_harmless( $part[1] ) ) {
		return null;
	}
	return array( 'inside' => $part[1], 'data' => count( $data ) > 1 ? '[' . implode( ',', $data ) . ']' : ( $data[0] ?? '' ) );
}

/** What may hold an address that a browser follows or fetches. */
const ADDRESSES = array( 'href', 'src', 'srcset', 'action', 'formaction', 'poster', 'xlink:href', 'background', 'ping', 'data' );

/** Whether markup can only be looked at, heard, filled in and followed: no script, no frame, no handler, no address that runs. */
function is_harmless( string $html ): bool {
	// The raw text too: inside <svg> a browser may see tags where a tokenizer sees style.
	if ( preg_match( '#<[^>]*[\s"\'/]on[a-z]+\s*=#i', $html ) || preg_match( '#<\s*/?\s*(?:script|iframe|frame|frameset|object|embed|applet|base|meta|link|noscript|math|foreignobject|plaintext|xmp|portal|set|animate)\b#i', $html ) ) {
		return false;
	}
	$tags = new \WP_HTML_Tag_Processor( $html );
	while ( $tags->next_tag() ) {
		foreach ( (array) $tags->get_attribute_names_with_prefix( '' ) as $name ) {
			$value = $tags->get_attribute( $name );
			if ( 0 === stripos( $name, 'on' ) || 'srcdoc' === strtolower( $name ) ) {
				return false;
			}
			if ( is_string( $value ) && in_array( strtolower( $name ), ADDRESSES, true ) && preg_match( '#(?:^|,)(?:javascript:|vbscript:|blob:|file:|data:(?!image/(?:png|jpe?g|gif|webp|avif)[;,]))#i', (string) preg_replace( '/[\x00-\x20]+/', '', $value ) ) ) {
				return false;
			}
		}
	}
	return true;
}

/** Forgets everything that was drawn: another platform, key or language draws anew. */
function forget_fragments(): void {
	global $wpdb;
	$rows = $wpdb->get_col( $wpdb->prepare( "SELECT option_name FROM {$wpdb->options} WHERE option_name LIKE %s", $wpdb->esc_like( '_transient_' . PREFIX ) . '%' ) );
	foreach ( $rows as $row ) {
		delete_transient( substr( $row, strlen( '_transient_' ) ) );
	}
}

add_action( 'update_option_' . OPTION, __NAMESPACE__ . '\forget_fragments' );
