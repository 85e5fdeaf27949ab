<?php
/** The six widgets and what each may be told. The block, the shortcode and the settings page read this one table. */

namespace FlowStage;

defined( 'ABSPATH' ) || exit;

/** The widgets by their short names: tag, title, words of the plain link, and the fields, in the order they are asked. */
function widgets(): array {
	return array(
		'epk'             => array(
			'tag'    => 'flow-epk',
			'title'  => __( 'Press kit', 'flow-stage' ),
			'link'   => __( 'See the press kit', 'flow-stage' ),
			'fields' => array( 'artist', 'request-href' ),
			'needs'  => 'artist',
		),
		'availability'    => array(
			'tag'    => 'flow-availability',
			'title'  => __( 'Free days', 'flow-stage' ),
			'link'   => __( 'See the free days', 'flow-stage' ),
			'fields' => array( 'artist', 'from', 'day' ),
			'needs'  => 'artist',
		),
		'booking-request' => array(
			'tag'    => 'flow-booking-request',
			'title'  => __( 'Booking request', 'flow-stage' ),
			'link'   => __( 'Ask for a date', 'flow-stage' ),
			'fields' => array( 'artist', 'asker', 'day', 'season', 'status-href', 'no-draft' ),
			'needs'  => 'artist',
		),
		'programme'       => array(
			'tag'    => 'flow-programme',
			'title'  => __( 'Programme', 'flow-stage' ),
			'link'   => __( 'See the programme', 'flow-stage' ),
			'fields' => array( 'stage', 'artist', 'past', 'limit' ),
			'needs'  => '',
		),
		'tour-map'        => array(
			'tag'    => 'flow-tour-map',
			'title'  => __( 'Tour map', 'flow-stage' ),
			'link'   => __( 'See the tour dates', 'flow-stage' ),
			'fields' => array( 'artist', 'style-url' ),
			'needs'  => 'artist',
		),
		'contract-status' => array(
			'tag'    => 'flow-contract-status',
			'title'  => __( 'Status of a booking', 'flow-stage' ),
			'link'   => __( 'Follow the booking', 'flow-stage' ),
			'fields' => array( 'reference' ),
			'needs'  => '',
		),
	);
}

/** What each field takes, what it is called, and what it means to whoever fills it in. */
function fields(): array {
	return array(
		'artist'       => array(
			'kind'  => 'slug',
			'label' => __( 'Artist', 'flow-stage' ),
			'help'  => __( 'The short name of the press kit, such as les-vagues-lentes.', 'flow-stage' ),
		),
		'stage'        => array(
			'kind'  => 'slug',
			'label' => __( 'Stage', 'flow-stage' ),
			'help'  => __( 'The short name of a place or festival. Empty: your own.', 'flow-stage' ),
		),
		'from'         => array(
			'kind'  => 'month',
			'label' => __( 'First month', 'flow-stage' ),
			'help'  => __( 'Such as 2027-06. Empty: this month.', 'flow-stage' ),
		),
		'day'          => array(
			'kind'  => 'day',
			'label' => __( 'Day', 'flow-stage' ),
			'help'  => __( 'Such as 2027-06-21. Empty: none is chosen yet.', 'flow-stage' ),
		),
		'asker'        => array(
			'kind'    => 'choice',
			'label'   => __( 'Who asks', 'flow-stage' ),
			'help'    => __( 'When your page already knows it, the question is not put.', 'flow-stage' ),
			'choices' => array(
				''        => __( 'Ask the visitor', 'flow-stage' ),
				'private' => __( 'A private person', 'flow-stage' ),
				'venue'   => __( 'A venue or festival', 'flow-stage' ),
				'camping' => __( 'A campsite', 'flow-stage' ),
				'commune' => __( 'A town', 'flow-stage' ),
			),
		),
		'season'       => array(
			'kind'  => 'flag',
			'label' => __( 'A season of several dates', 'flow-stage' ),
			'help'  => '',
		),
		'request-href' => array(
			'kind'  => 'address',
			'label' => __( 'Page for booking requests', 'flow-stage' ),
			'help'  => __( 'The address of your page on which dates are asked for.', 'flow-stage' ),
		),
		'status-href'  => array(
			'kind'  => 'address',
			'label' => __( 'Page to follow a booking on', 'flow-stage' ),
			'help'  => __( 'The address of your page with the status of a booking.', 'flow-stage' ),
		),
		'no-draft'     => array(
			'kind'  => 'flag',
			'label' => __( 'Keep no draft of what is typed', 'flow-stage' ),
			'help'  => '',
		),
		'past'         => array(
			'kind'  => 'flag',
			'label' => __( 'Show past dates', 'flow-stage' ),
			'help'  => '',
		),
		'limit'        => array(
			'kind'  => 'count',
			'label' => __( 'Dates at most', 'flow-stage' ),
			'help'  => __( 'From 1 to 200.', 'flow-stage' ),
		),
		'style-url'    => array(
			'kind'  => 'address',
			'label' => __( 'Map style', 'flow-stage' ),
			'help'  => __( 'The address of a map style of yours. Empty: ours.', 'flow-stage' ),
		),
		'reference'    => array(
			'kind'  => 'reference',
			'label' => __( 'Reference of the booking', 'flow-stage' ),
			'help'  => __( 'Empty: that of a request sent on the same page.', 'flow-stage' ),
		),
		'link'         => array(
			'kind'  => 'address',
			'label' => __( 'Address of the plain link', 'flow-stage' ),
			'help'  => __( 'For whoever has no scripts. Empty: the same on the platform.', 'flow-stage' ),
		),
		'label'        => array(
			'kind'  => 'text',
			'label' => __( 'Words of the plain link', 'flow-stage' ),
			'help'  => '',
		),
	);
}

/** What somebody gave for a field, as it may be printed: a string, true for a flag that stands, null for nothing or nonsense. */
function clean( string $field, $given ) {
	$rule = fields()[ $field ];
	if ( 'flag' === $rule['kind'] ) {
		return in_array( $given, array( true, 1, '1', 'true', 'yes', $field ), true ) ? true : null;
	}
	if ( ! is_scalar( $given ) || is_bool( $given ) ) {
		return null;
	}
	$text = trim( plain( (string) $given ) );
	if ( '' === $text ) {
		return null;
	}
	switch ( $rule['kind'] ) {
		case 'slug':
			$text = substr( sanitize_title( $text ), 0, 80 );
			break;
		case 'month':
			$text = preg_match( '/^[0-9]{4}-(?:0[1-9]|1[0-2])$/D', $text ) ? $text : '';
			break;
		case 'day':
			$text = preg_match( '/^([0-9]{4})-([0-9]{2})-([0-9]{2})$/D', $text, $part ) && checkdate( (int) $part[2], (int) $part[3], (int) $part[1] ) ? $text : '';
			break;
		case 'choice':
			$text = isset( $rule['choices'][ $text ] ) ? $text : '';
			break;
		case 'count':
			$text = is_numeric( $text ) ? (string) max( 1, min( 200, (int) $text ) ) : '';
			break;
		case 'address':
			$text = esc_url_raw( $text, 'link' === $field ? array( 'https', 'http', 'mailto' ) : array( 'https', 'http' ) );
			break;
		case 'reference':
			$text = substr( (string) preg_replace( '/[^A-Za-z0-9_-]/', '', $text ), 0, 64 );
			break;
		default:
			$text = sanitize_text_field( $text );
	}
	return '' === $text ? null : $text;
}

/** The name of a field in a block, whose attributes have no hyphens: `request-href` is `requestHref`. */
function block_name( string $field ): string {
	return lcfirst( str_replace( '-', '', ucwords( $field, '-' ) ) );
}
