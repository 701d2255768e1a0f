package main

import (
	"github.com/spf13/cobra"

	"github.com/wardlight/wardlight/cmd/internal/demo"
)

func (t *tool) demoCommand() *cobra.Command {
	var o demo.Options
	c := &cobra.Command{Use: "demo", Short: "Show a demonstration ward on this machine, with everything it needs",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o.Data, o.Out, o.Err = t.data, cmd.OutOrStdout(), cmd.ErrOrStderr()
			return demo.Run(cmd.Context(), o)
		}}
	c.Flags().StringVar(&o.Screenshot, "screenshot", "",
		"where to save pictures of a private display (default DIR/screenshot.png)")
	c.Flags().BoolVar(&o.NoStation, "no-station", false, "run everything but the station")
	return c
}
