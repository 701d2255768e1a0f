package main

import (
	"fmt"
	"log/slog"

	"github.com/spf13/cobra"

	"github.com/wardlight/wardlight/cmd/internal/site"
)

// upgradeCommand changes the schema of a record that stations share. Opening
// such a record never does so by itself: stations of the older program can no
// longer write from then on.
func (t *tool) upgradeCommand() *cobra.Command {
	return &cobra.Command{Use: "upgrade", Short: "Bring a shared record up to this program",
		Long: "Bring a record on PostgreSQL up to this version of the program.\n\n" +
			"Back it up first. Stations of an older version show what they have and write no more until they are updated, too. " +
			"A record in SQLite belongs to one machine and is upgraded when it is opened.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			logger := slog.New(slog.NewTextHandler(cmd.ErrOrStderr(), &slog.HandlerOptions{Level: slog.LevelError}))
			s, err := site.Open(cmd.Context(), site.Options{Data: t.data, Logger: logger, UpgradeRecord: true})
			if err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "The %s record is at this program's version.\n", s.Record.Engine())
			return s.Close()
		}}
}
