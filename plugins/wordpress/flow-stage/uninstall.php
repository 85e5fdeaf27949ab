<?php
/** Leaves nothing behind, on any site of a network: settings, drawn widgets, planned jobs, and what WordPress kept of pasted addresses. */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

/** Cleans the site that is current. */
function flow_stage_uninstall_site(): void {
	global $wpdb;
	$settings = get_option( 'flow_stage' );
	$server   = is_array( $settings ) && is_string( $settings['server'] ?? null ) ? $settings['server'] : '';

	$kept = $wpdb->get_col( $wpdb->prepare( "SELECT option_name FROM {$wpdb->options} WHERE option_name LIKE %s OR option_name LIKE %s", $wpdb->esc_like( '_transient_flow_stage_' ) . '%', $wpdb->esc_like( '_transient_timeout_flow_stage_' ) . '%' ) );
	foreach ( $kept as $name ) {
		delete_option( $name );
	}
	// A frame of the platform's may name another address than the one that was typed: what tells it is its path.
	$ours   = '%<iframe%/e/flow-%';
	$pasted = $wpdb->get_results( $wpdb->prepare( "SELECT post_id, meta_key FROM {$wpdb->postmeta} WHERE meta_key LIKE %s AND ( meta_value LIKE %s OR ( %s <> '' AND meta_value LIKE %s ) )", $wpdb->esc_like( '_oembed_' ) . '%', $ours, $server, '%' . $wpdb->esc_like( $server . '/' ) . '%' ) );
	foreach ( $pasted as $row ) {
		delete_post_meta( (int) $row->post_id, $row->meta_key );
		delete_post_meta( (int) $row->post_id, str_replace( '_oembed_', '_oembed_time_', $row->meta_key ) );
	}
	$cached = $wpdb->get_col( $wpdb->prepare( "SELECT ID FROM {$wpdb->posts} WHERE post_type = 'oembed_cache' AND ( post_content LIKE %s OR ( %s <> '' AND post_content LIKE %s ) )", $ours, $server, '%' . $wpdb->esc_like( $server . '/' ) . '%' ) );
	foreach ( $cached as $id ) {
		wp_delete_post( (int) $id, true );
	}
	wp_unschedule_hook( 'flow_stage_refresh' );
	delete_option( 'flow_stage' );
}

if ( is_multisite() ) {
	$flow_stage_from = 0;
	do {
		$flow_stage_sites = get_sites( array( 'fields' => 'ids', 'number' => 100, 'offset' => $flow_stage_from, 'orderby' => 'id' ) );
		foreach ( $flow_stage_sites as $flow_stage_site ) {
			switch_to_blog( $flow_stage_site );
			flow_stage_uninstall_site();
			restore_current_blog();
		}
		$flow_stage_from += 100;
	} while ( count( $flow_stage_sites ) === 100 );
} else {
	flow_stage_uninstall_site();
}
