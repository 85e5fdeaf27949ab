<?php
/** The six widgets and what each may be told. The block, the shortcode and the settings page read this one table. */

namespace FlowStage;

defined( 'ABSPATH' ) || exit;

/** The parts of a press kit. */
const PARTS = array( 'bio', 'audio', 'videos', 'dates', 'photos', 'press', 'technical', 'documents', 'links' );
/** How many artists one calendar names at most: what the platform takes. */
const ARTISTS_MAX = 12;
/** Fonts that are kinds of fonts, and stand in a style without quotes. */
const FONTS = array( 'serif', 'sans-serif', 'monospace', 'cursive', 'fantasy', 'system-ui', 'ui-serif', 'ui-sans-serif', 'ui-monospace', 'ui-rounded' );

/** The widgets by their short names: tag, title, words of the plain link, and the fields, in the order they are asked. */
function widgets(): array {
	return array(
		'epk'             => array(
			'tag'    => 'flow-epk',
			'title'  => __( 'Press kit', 'flow-stage' ),
			'link'   => __( 'See the press kit', 'flow-stage' ),
			'fields' => array( 'artist', 'show', 'request-href' ),
			'needs'  => 'artist',
		),
		'availability'    => array(
			'tag'    => 'flow-availability',
			'title'  => __( 'Free days', 'flow-stage' ),
			'link'   => __( 'See the free days', 'flow-stage' ),
			'fields' => array( 'artist', 'artists', 'from', 'min', 'max', 'day', 'view', 'request-href' ),
			'needs'  => 'artist',
		),
		'booking-request' => array(
			'tag'    => 'flow-booking-request',
			'title'  => __( 'Booking request', 'flow-stage' ),
			'link'   => __( 'Ask for a date', 'flow-stage' ),
			'fields' => array( 'artist', 'asker', 'day', 'steps', 'place', 'city', 'occasion', 'budget', 'audience', 'organisation', 'season', 'status-href', 'no-draft' ),
			'needs'  => 'artist',
		),
		'programme'       => array(
			'tag'    => 'flow-programme',
			'title'  => __( 'Programme', 'flow-stage' ),
			'link'   => __( 'See the programme', 'flow-stage' ),
			'fields' => array( 'stage', 'artist', 'view', 'genre', 'where', 'period', 'free', 'plain', 'past', 'limit' ),
			'needs'  => '',
		),
		'tour-map'        => array(
			'tag'    => 'flow-tour-map',
			'title'  => __( 'Tour map', 'flow-stage' ),
			'link'   => __( 'See the tour dates', 'flow-stage' ),
			'fields' => array( 'artist', 'past', 'style-url' ),
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

/** What each field takes, what it is called, and what it means to whoever fills it in. Where widgets differ in what may be chosen, `only` says so. */
function fields(): array {
	$fields = array(
		'artist'       => array(
			'kind'  => 'slug',
			'label' => __( 'Artist', 'flow-stage' ),
			'help'  => __( 'The short name of the press kit, such as les-vagues-lentes.', 'flow-stage' ),
		),
		'artists'      => array(
			'kind'  => 'slugs',
			'label' => __( 'Several artists', 'flow-stage' ),
			'help'  => __( 'Their short names, with blanks between: a tab for each.', 'flow-stage' ),
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
		'min'          => array(
			'kind'  => 'month',
			'label' => __( 'Not before the month', 'flow-stage' ),
			'help'  => '',
		),
		'max'          => array(
			'kind'  => 'month',
			'label' => __( 'Not after the month', 'flow-stage' ),
			'help'  => '',
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
		'steps'        => array(
			'kind'    => 'choice',
			'label'   => __( 'Steps of the form', 'flow-stage' ),
			'help'    => '',
			'choices' => array(
				''    => __( 'Three, one after the other', 'flow-stage' ),
				'one' => __( 'All on one page', 'flow-stage' ),
			),
		),
		'place'        => array(
			'kind'  => 'text',
			'label' => __( 'Place of the show', 'flow-stage' ),
			'help'  => __( 'This and the following fill in the form; the visitor may change them.', 'flow-stage' ),
		),
		'city'         => array(
			'kind'  => 'text',
			'label' => __( 'Town of the show', 'flow-stage' ),
			'help'  => '',
		),
		'occasion'     => array(
			'kind'  => 'text',
			'label' => __( 'Occasion', 'flow-stage' ),
			'help'  => '',
		),
		'budget'       => array(
			'kind'  => 'figure',
			'label' => __( 'Budget', 'flow-stage' ),
			'help'  => __( 'Before tax, in whole euros or francs.', 'flow-stage' ),
		),
		'audience'     => array(
			'kind'  => 'figure',
			'label' => __( 'Expected audience', 'flow-stage' ),
			'help'  => '',
		),
		'organisation' => array(
			'kind'  => 'text',
			'label' => __( 'Organisation that asks', 'flow-stage' ),
			'help'  => '',
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
		'show'         => array(
			'kind'  => 'parts',
			'label' => __( 'Parts shown', 'flow-stage' ),
			/* translators: the nine words are names that stay as they are. */
			'help'  => __( 'In this order: bio audio videos dates photos press technical documents links. Empty: all.', 'flow-stage' ),
		),
		'view'         => array(
			'kind'    => 'choice',
			'label'   => __( 'Layout', 'flow-stage' ),
			'help'    => '',
			'choices' => array(
				''         => __( 'As the widget does', 'flow-stage' ),
				'month'    => __( 'The month alone', 'flow-stage' ),
				'list'     => __( 'A list', 'flow-stage' ),
				'grid'     => __( 'A grid', 'flow-stage' ),
				'calendar' => __( 'A calendar', 'flow-stage' ),
			),
			'only'    => array(
				'availability' => array( '', 'month', 'list' ),
				'programme'    => array( '', 'list', 'grid', 'calendar' ),
			),
		),
		'genre'        => array(
			'kind'  => 'text',
			'label' => __( 'This genre only', 'flow-stage' ),
			'help'  => '',
		),
		'where'        => array(
			'kind'  => 'text',
			'label' => __( 'This place only', 'flow-stage' ),
			'help'  => '',
		),
		'period'       => array(
			'kind'    => 'choice',
			'label'   => __( 'This period only', 'flow-stage' ),
			'help'    => '',
			'choices' => array(
				''        => __( 'All dates', 'flow-stage' ),
				'week'    => __( 'Seven days', 'flow-stage' ),
				'month'   => __( 'Thirty days', 'flow-stage' ),
				'weekend' => __( 'Weekends', 'flow-stage' ),
			),
		),
		'free'         => array(
			'kind'  => 'flag',
			'label' => __( 'Free entry only', 'flow-stage' ),
			'help'  => '',
		),
		'plain'        => array(
			'kind'  => 'flag',
			'label' => __( 'The dates alone, without choices', 'flow-stage' ),
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
	foreach ( tones() as $tone => $label ) {
		$fields[ $tone ] = array(
			'kind'  => 'font' === $tone ? 'font' : 'colour',
			'label' => $label,
			'help'  => '',
		);
	}
	return $fields;
}

/** What every widget may wear in the place of the page's own: the name is that of the token, `accent` is `--flow-accent`. */
function tones(): array {
	return array(
		'accent'    => __( 'Accent: buttons, links', 'flow-stage' ),
		'on-accent' => __( 'Text on the accent', 'flow-stage' ),
		'ink'       => __( 'Text', 'flow-stage' ),
		'muted'     => __( 'Less important text', 'flow-stage' ),
		'ground'    => __( 'Background', 'flow-stage' ),
		'surface'   => __( 'Raised from the background', 'flow-stage' ),
		'line'      => __( 'Hairlines', 'flow-stage' ),
		'edge'      => __( 'Edges of fields and buttons', 'flow-stage' ),
		'good'      => __( 'What went well', 'flow-stage' ),
		'warn'      => __( 'What waits', 'flow-stage' ),
		'bad'       => __( 'What failed', 'flow-stage' ),
		'font'      => __( 'Font', 'flow-stage' ),
	);
}

/** What somebody gave for a field, as it may be printed: a string, true for a flag that stands, null for nothing or nonsense. */
function clean( string $field, $given, string $widget = '' ) {
	static $rules = null;
	$rules = $rules ?? fields();
	$rule  = $rules[ $field ];
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
			$text = slug( $text );
			break;
		case 'slugs':
			$text = implode( ' ', array_slice( array_unique( array_filter( array_map( __NAMESPACE__ . '\slug', preg_split( '/[\s,]+/', $text ) ) ) ), 0, ARTISTS_MAX ) );
			break;
		case 'parts':
			$text = implode( ' ', array_unique( array_intersect( preg_split( '/[\s,]+/', $text ), PARTS ) ) );
			break;
		case 'month':
			$text = preg_match( '/^[0-9]{4}-(?:0[1-9]|1[0-2])$/D', $text ) ? $text : '';
			break;
		case 'day':
			$text = preg_match( '/^([0-9]{4})-([0-9]{2})-([0-9]{2})$/D', $text, $part ) && checkdate( (int) $part[2], (int) $part[3], (int) $part[1] ) ? $text : '';
			break;
		case 'choice':
			$text = isset( $rule['choices'][ $text ] ) && in_array( $text, $rule['only'][ $widget ] ?? array( $text ), true ) ? $text : '';
			break;
		case 'count':
			$text = is_numeric( $text ) ? (string) max( 1, min( 200, (int) $text ) ) : '';
			break;
		case 'figure':
			// As people type it: 1 200,50.
			$text = preg_match( "/^[0-9][0-9 ,.'\\x{a0}\\x{202f}]{0,15}$/uD", $text ) ? $text : '';
			break;
		case 'colour':
			$text = preg_match( '/^#?((?:[0-9a-f]{3}){1,2})$/iD', $text, $part ) ? '#' . strtolower( 3 === strlen( $part[1] ) ? preg_replace( '/./', '$0$0', $part[1] ) : $part[1] ) : '';
			break;
		case 'font':
			$text = font( $text );
			break;
		case 'address':
			$text = esc_url_raw( $text, 'link' === $field ? array( 'https', 'http', 'mailto' ) : array( 'https', 'http' ) );
			break;
		case 'reference':
			$text = substr( (string) preg_replace( '/[^A-Za-z0-9_-]/', '', $text ), 0, 64 );
			break;
		default:
			$text = sanitize_text_field( $text );
			$text = 160 >= mb_strlen( $text ) ? $text : '';
	}
	return '' === $text ? null : $text;
}

/** The short name of an artist or a place. */
function slug( string $text ): string {
	return substr( sanitize_title( $text ), 0, 60 );
}

/** Names of fonts as a style takes them, `'Source Sans 3', serif`; '' of anything else. */
function font( string $text ): string {
	$names = array();
	foreach ( explode( ',', $text ) as $name ) {
		$name = (string) preg_replace( '/^([\'"])(.*)\1$/D', '$2', trim( $name ) );
		if ( 120 < strlen( $text ) || ! preg_match( '/^[\p{L}0-9][\p{L}0-9 _-]*$/uD', $name ) ) {
			return '';
		}
		$names[] = in_array( $name, FONTS, true ) ? $name : "'" . $name . "'";
	}
	return implode( ', ', $names );
}

/** The name of a field in a block, whose attributes have no hyphens: `request-href` is `requestHref`. */
function block_name( string $field ): string {
	return lcfirst( str_replace( '-', '', ucwords( $field, '-' ) ) );
}
