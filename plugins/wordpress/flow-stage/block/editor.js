/* The block in the editor, written by hand: what may be chosen is `window.flowStageEditor`, said by PHP. */
( ( { blocks, element, blockEditor, components, i18n, serverSideRender: ServerSideRender }, { widgets, fields, tones, ready, settings } ) => {
	const { createElement: el, Fragment, useState } = element;
	const { __ } = i18n;
	const common = { __nextHasNoMarginBottom: true };
	const choices = Object.entries( widgets ).map( ( [ value, { title } ] ) => ( { value, label: title } ) );

	/** One field, as its kind is asked. */
	const Field = ( { name, kind, label, help, choices: known, only, widget, value, set } ) => {
		const said = { ...common, label, help: help || undefined };
		if ( kind === 'flag' ) return el( components.ToggleControl, { ...said, checked: Boolean( value ), onChange: ( next ) => set( name, next ) } );
		if ( kind === 'choice' ) {
			const options = Object.entries( known ).filter( ( [ key ] ) => ! only?.[ widget ] || only[ widget ].includes( key ) ).map( ( [ key, text ] ) => ( { value: key, label: text } ) );
			return el( components.SelectControl, { ...said, value, options, onChange: ( next ) => set( name, next ) } );
		}
		const type = { month: 'month', day: 'date', count: 'number', address: 'url' }[ kind ] ?? 'text';
		// An address of the same site needs no host, which `type=url` would ask for.
		return el( components.TextControl, { ...said, type: kind === 'address' ? 'text' : type, value: value ?? '', ...( kind === 'count' ? { min: 1, max: 200 } : {} ), onChange: ( next ) => set( name, next ) } );
	};

	/** What stands in the block's place while something is missing. */
	const Missing = ( { children, text } ) => el( components.Placeholder, { icon: 'tickets-alt', label: 'Flow Stage', instructions: text }, children );

	/** Asks for the widget and whose it is; nothing moves before somebody says that it is typed. */
	const First = ( { choose, needed, value, set } ) => {
		const [ typed, type ] = useState( value );
		const done = ( event ) => {
			event.preventDefault();
			set( needed.name, typed );
		};
		return el( Missing, { text: __( 'Choose what to show, and whose.', 'flow-stage' ) },
			el( 'form', { onSubmit: done, style: { width: '100%', maxWidth: '26rem' } }, choose, el( Field, { ...needed, value: typed, set: ( name, next ) => type( next ) } ),
				el( components.Button, { variant: 'primary', type: 'submit', disabled: ! typed.trim() }, __( 'Show', 'flow-stage' ) ) ) );
	};

	const edit = ( { attributes, setAttributes } ) => {
		const widget = widgets[ attributes.widget ] ? attributes.widget : 'epk';
		const { fields: asked, needs } = widgets[ widget ];
		const set = ( name, value ) => setAttributes( { [ name ]: value } );
		const field = ( name ) => el( Field, { key: name, ...fields[ name ], widget, value: attributes[ fields[ name ].name ], set } );
		// A colour that was taken back is none.
		const colours = tones.filter( ( tone ) => fields[ tone ].kind === 'colour' ).map( ( tone ) => ( { label: fields[ tone ].label, value: attributes[ fields[ tone ].name ] || undefined, onChange: ( next ) => set( fields[ tone ].name, next ?? '' ) } ) );
		const choose = el( components.SelectControl, { ...common, key: 'widget', label: __( 'Widget', 'flow-stage' ), value: widget, options: choices, onChange: ( next ) => set( 'widget', next ) } );
		const preview = () => {
			if ( ! ready ) {
				return el( Missing, { text: __( 'Say once where your platform is and what your key is; then the widget appears here.', 'flow-stage' ) },
					settings ? el( components.ExternalLink, { href: settings }, __( 'Open the settings', 'flow-stage' ) ) : __( 'An administrator does this under Settings, Flow Stage.', 'flow-stage' ) );
			}
			if ( needs && ! attributes[ fields[ needs ].name ] && ! ( asked.includes( 'artists' ) && attributes.artists ) ) {
				return el( First, { choose, needed: fields[ needs ], value: attributes[ fields[ needs ].name ], set } );
			}
			// A click chooses the block, not a day in it.
			return el( components.Disabled, null, el( ServerSideRender, { block: 'flow-stage/widget', attributes, httpMethod: 'POST' } ) );
		};
		return el( Fragment, null,
			el( blockEditor.InspectorControls, null,
				el( components.PanelBody, { title: __( 'What to show', 'flow-stage' ) }, choose, asked.map( field ) ),
				el( blockEditor.PanelColorSettings, { title: __( 'Colours in the place of your theme’s', 'flow-stage' ), initialOpen: false, enableAlpha: false, colorSettings: colours } ),
				el( components.PanelBody, { title: __( 'Font', 'flow-stage' ), initialOpen: false }, field( 'font' ) ),
				el( components.PanelBody, { title: __( 'Without scripts', 'flow-stage' ), initialOpen: false }, [ 'label', 'link' ].map( field ) ) ),
			el( 'div', blockEditor.useBlockProps(), preview() ) );
	};

	blocks.registerBlockType( 'flow-stage/widget', { edit, save: () => null } );
} )( window.wp, window.flowStageEditor );
