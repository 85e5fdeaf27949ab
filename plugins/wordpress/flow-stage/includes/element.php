<?php
/** One widget as it stands in a page: the element, what the server drew in it, a plain link, and what search engines are told. */

namespace FlowStage;

defined( 'ABSPATH' ) || exit;

add_action( 'init', static function (): void {
	add_shortcode( 'flow_stage', __NAMESPACE__ . '\shortcode' );
} );

/** `[flow_stage widget="epk" artist="les-vagues-lentes"]`; what it encloses are the words of the plain link. */
function shortcode( $given, ?string $content = null ): string {
	$given = is_array( $given ) ? $given : array();
	foreach ( $given as $at => $word ) {
		// `past` alone stands for `past="past"`.
		if ( is_int( $at ) && is_string( $word ) ) {
			$given[ $word ] = $word;
		}
	}
	if ( null !== $content && '' !== trim( $content ) && ! isset( $given['label'] ) ) {
		$given['label'] = wp_strip_all_tags( $content );
	}
	$widget = is_string( $given['widget'] ?? null ) ? $given['widget'] : '';
	return element( preg_replace( '/^flow-/', '', $widget ), $given );
}

/** The HTML of a widget. What was given is cleaned; what is missing is said to whoever may write the page, and to nobody else. */
function element( string $widget, array $given ): string {
	$known = widgets()[ $widget ] ?? null;
	if ( null === $known ) {
		/* translators: %s: the names of the six widgets, with commas. */
		return notice( sprintf( __( 'Choose one of these widgets: %s.', 'flow-stage' ), implode( ', ', array_keys( widgets() ) ) ) );
	}
	if ( ! is_ready() ) {
		return notice( __( 'Enter the server address and the publishable key under Settings, Flow Stage: then this widget appears.', 'flow-stage' ) );
	}
	$attributes = array();
	foreach ( $known['fields'] as $field ) {
		$value = clean( $field, $given[ $field ] ?? null, $widget );
		if ( null !== $value ) {
			$attributes[ $field ] = $value;
		}
	}
	$worn = array();
	foreach ( array_keys( tones() ) as $tone ) {
		$value = clean( $tone, $given[ $tone ] ?? null );
		if ( null !== $value ) {
			$worn[ $tone ] = $value;
		}
	}
	// Of several artists the first is shown first.
	if ( ! isset( $attributes['artist'] ) && isset( $attributes['artists'] ) ) {
		$attributes = array_merge( array( 'artist' => strtok( $attributes['artists'], ' ' ) ), $attributes );
	}
	if ( '' !== $known['needs'] && ! isset( $attributes[ $known['needs'] ] ) ) {
		/* translators: %s: the title of a widget. */
		return notice( sprintf( __( '%s: name the artist by the short name of the press kit.', 'flow-stage' ), $known['title'] ) );
	}
	$label = clean( 'label', $given['label'] ?? null ) ?? $known['link'];
	$link  = sprintf( '<a href="%s">%s</a>', esc_url( clean( 'link', $given['link'] ?? null ) ?? fragment_address( $known['tag'], array_diff_key( $attributes, array_flip( OTHERS_PAGES ) ) + str_replace( array( '#', "'" ), '', $worn ), '/e/' ) ), esc_html( $label ) );
	if ( is_feed() ) {
		return '<p>' . $link . '</p>';
	}
	enqueue();
	$preview = defined( 'REST_REQUEST' ) && REST_REQUEST;
	$drawn   = $preview ? array( 'inside' => '', 'data' => '' ) : fragment( $known['tag'], array_diff_key( $attributes, array_flip( OTHERS_PAGES ) ) );
	$waits   = ! $preview && 'now' !== settings()['consent'];
	if ( 'flow-programme' === $known['tag'] && '' === $drawn['data'] ) {
		$attributes['json-ld'] = true;
	}
	if ( $worn ) {
		$attributes['style'] = style( $worn );
	}
	// Until a visitor agreed, not even a picture may come from elsewhere.
	$inside = ( $waits ? waiting( $known['title'] ) : $drawn['inside'] ) . $link;
	return sprintf( '<%1$s%2$s>%3$s</%1$s>%4$s', $known['tag'], attributes( $attributes ), $inside, search_data( $drawn['data'] ) );
}

/** Fields that lead to pages and maps of the site's own: nothing for the platform to draw. */
const OTHERS_PAGES = array( 'request-href', 'status-href', 'style-url' );

/** What a widget wears, as a style: nothing gets here that is no colour and no font. */
function style( array $worn ): string {
	$rules = array();
	foreach ( $worn as $tone => $value ) {
		$rules[] = '--flow-' . $tone . ':' . $value;
	}
	return implode( ';', $rules );
}

/** Attributes as a tag carries them, each with a blank before it. */
function attributes( array $attributes ): string {
	$html = '';
	foreach ( $attributes as $name => $value ) {
		$html .= true === $value ? ' ' . $name : sprintf( ' %s="%s"', $name, esc_attr( $value ) );
	}
	return $html;
}

/** The button in a widget's place, when the site waits for a click; it says where what comes then comes from. */
function waiting( string $title ): string {
	$settings = settings();
	if ( 'click' !== $settings['consent'] ) {
		return '';
	}
	return sprintf(
		'<span class="flow-stage-wait" hidden><button type="button" class="flow-stage-ask">%s</button><span class="flow-stage-why">%s</span></span>',
		/* translators: %s: the title of a widget. */
		esc_html( sprintf( __( 'Show: %s', 'flow-stage' ), $title ) ),
		/* translators: %s: a host name. */
		esc_html( sprintf( __( 'It is loaded from %s.', 'flow-stage' ), (string) wp_parse_url( $settings['server'], PHP_URL_HOST ) ) )
	);
}

/** What search engines are told, once a page for the same words. */
function search_data( string $json ): string {
	static $told = array();
	if ( '' === $json || isset( $told[ md5( $json ) ] ) ) {
		return '';
	}
	$told[ md5( $json ) ] = true;
	return '<script type="application/ld+json">' . $json . '</script>';
}

/** What is missing, for those who may write pages. */
function notice( string $text ): string {
	return current_user_can( 'edit_posts' ) ? '<p class="flow-stage-notice"><strong>Flow Stage</strong> ' . esc_html( $text ) . '</p>' : '';
}
