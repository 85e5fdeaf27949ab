<?php
/** Settings, Flow Stage: what the site says once. WordPress checks the nonce and the right to manage options. */

namespace FlowStage;

defined( 'ABSPATH' ) || exit;

const PAGE = 'flow-stage';

add_action( 'admin_init', static function (): void {
	register_setting( PAGE, OPTION, array(
		'type'              => 'array',
		'sanitize_callback' => __NAMESPACE__ . '\checked_settings',
		'show_in_rest'      => false,
	) );
	wp_add_privacy_policy_content( 'Flow Stage', '<p>' . esc_html__( 'Widgets on our pages are loaded from our booking platform, which receives your IP address as any web server does. They set no cookie. What you type into a booking request stays in the tab until it is sent, and goes to the artist and the platform then.', 'flow-stage' ) . '</p>' );
} );

add_action( 'admin_menu', static function (): void {
	add_options_page( 'Flow Stage', 'Flow Stage', 'manage_options', PAGE, __NAMESPACE__ . '\settings_page' );
} );

add_filter( 'plugin_action_links_' . plugin_basename( MAIN_FILE ), static function ( array $links ): array {
	array_unshift( $links, sprintf( '<a href="%s">%s</a>', esc_url( admin_url( 'options-general.php?page=' . PAGE ) ), esc_html__( 'Settings', 'flow-stage' ) ) );
	return $links;
} );

/** The page itself. */
function settings_page(): void {
	if ( ! current_user_can( 'manage_options' ) ) {
		wp_die( esc_html__( 'You may not change these settings.', 'flow-stage' ), '', array( 'response' => 403 ) );
	}
	$themes   = array(
		'host'     => __( 'The colours of this site', 'flow-stage' ),
		'auto'     => __( 'Light or dark, as the visitor’s device says', 'flow-stage' ),
		'light'    => __( 'Light', 'flow-stage' ),
		'dark'     => __( 'Dark', 'flow-stage' ),
		'contrast' => __( 'High contrast', 'flow-stage' ),
	);
	$langs    = array(
		''   => __( 'The language of each page', 'flow-stage' ),
		'fr' => 'Français',
		'en' => 'English',
		'nl' => 'Nederlands',
		'de' => 'Deutsch',
	);
	$consents = array(
		'now'   => __( 'At once', 'flow-stage' ),
		'event' => __( 'After an event of the consent tool', 'flow-stage' ),
		'click' => __( 'When a visitor clicks on a button in its place', 'flow-stage' ),
	);
	?>
	<div class="wrap">
		<h1>Flow Stage</h1>
		<p><?php esc_html_e( 'Both are in your workspace on the platform, under “Embed”. There, add the address of this site to the allowed ones:', 'flow-stage' ); ?> <code><?php echo esc_html( own_origin() ); ?></code></p>
		<form action="options.php" method="post">
			<?php settings_fields( PAGE ); ?>
			<table class="form-table" role="presentation">
				<?php
				text_row( 'server', __( 'Server address', 'flow-stage' ), __( 'Such as https://stage.example', 'flow-stage' ), 'url' );
				text_row( 'key', __( 'Publishable key', 'flow-stage' ), __( 'It begins with pk_ and may be seen by anybody: it opens what is public, and only on allowed addresses.', 'flow-stage' ), 'text' );
				choice_row( 'theme', __( 'Colours', 'flow-stage' ), $themes );
				choice_row( 'lang', __( 'Language', 'flow-stage' ), $langs );
				choice_row( 'consent', __( 'Load the widgets', 'flow-stage' ), $consents );
				text_row( 'event', __( 'Consent event', 'flow-stage' ), __( 'What your consent tool tells the page: CookiebotOnAccept, cmplz_status_change, borlabs-cookie-consent-saved, wp_listen_for_consent_change…', 'flow-stage' ), 'text' );
				text_row( 'category', __( 'Consent category', 'flow-stage' ), __( 'What a visitor has to allow, as your tool calls it: marketing, statistics, preferences, advertisement, external-media…', 'flow-stage' ), 'text' );
				?>
			</table>
			<?php submit_button(); ?>
		</form>
		<h2><?php esc_html_e( 'On a page', 'flow-stage' ); ?></h2>
		<p><?php esc_html_e( 'Add the block “Flow Stage”, or one of these shortcodes:', 'flow-stage' ); ?></p>
		<ul>
			<?php foreach ( widgets() as $name => $widget ) : ?>
				<li><code><?php echo esc_html( sprintf( '[flow_stage widget="%s"%s]', $name, 'artist' === $widget['needs'] ? ' artist="les-vagues-lentes"' : '' ) ); ?></code> <?php echo esc_html( $widget['title'] ); ?></li>
			<?php endforeach; ?>
		</ul>
	</div>
	<?php
}

/** A row with a line to type. */
function text_row( string $name, string $label, string $help, string $type ): void {
	$id = 'flow-stage-' . $name;
	printf(
		'<tr><th scope="row"><label for="%1$s">%2$s</label></th><td><input class="regular-text code" id="%1$s" name="%3$s" type="%4$s" value="%5$s" aria-describedby="%1$s-help" autocomplete="off" spellcheck="false"><p class="description" id="%1$s-help">%6$s</p></td></tr>',
		esc_attr( $id ),
		esc_html( $label ),
		esc_attr( OPTION . '[' . $name . ']' ),
		esc_attr( $type ),
		esc_attr( settings()[ $name ] ),
		esc_html( $help )
	);
}

/** A row with a choice. */
function choice_row( string $name, string $label, array $choices ): void {
	$options = '';
	foreach ( $choices as $value => $text ) {
		$options .= sprintf( '<option value="%s"%s>%s</option>', esc_attr( $value ), selected( settings()[ $name ], (string) $value, false ), esc_html( $text ) );
	}
	// Each part of the options was escaped above.
	printf( '<tr><th scope="row"><label for="%1$s">%2$s</label></th><td><select id="%1$s" name="%3$s">%4$s</select></td></tr>', esc_attr( 'flow-stage-' . $name ), esc_html( $label ), esc_attr( OPTION . '[' . $name . ']' ), $options ); // phpcs:ignore WordPress.Security.EscapeOutput
}
