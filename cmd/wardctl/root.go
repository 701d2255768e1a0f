package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"time"

	"github.com/spf13/cobra"

	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/cmd/internal/site"
)

// station is the name under which this tool acts in alerts and the audit trail.
const station = "wardctl"

// tool is what all commands share.
type tool struct{ data string }

func newRoot() *cobra.Command {
	t := &tool{}
	root := &cobra.Command{
		Use: "wardctl", Version: version, SilenceUsage: true, SilenceErrors: true,
		Short: "Installs, fills, watches and shows a Wardlight site",
	}
	root.PersistentFlags().StringVar(&t.data, "data", site.DefaultDir(), "the site's `folder`")
	// Manuals are written on a machine whose home is nobody else's.
	root.PersistentFlags().Lookup("data").DefValue = "wardlight, among the user's settings"
	root.AddCommand(t.importCommand(), t.parkedCommand(), t.showCommand(), t.wardsCommand(), t.raiseCommand(),
		t.resolveCommand(),
		t.watchCommand(), t.staffCommand(), t.seedCommand(), news2Command(), t.observeCommand(), t.channelsCommand(),
		t.doctorCommand(),
		t.demoCommand(), t.auditCommand(), t.alarmsCommand(), t.alertCommand(), t.backupCommand(), t.restoreCommand(),
		t.encryptCommand(), t.recoveryKeyCommand(),
		t.upgradeCommand(), t.configCommand(), t.aclCommand(), t.labCACommand(), t.enrollCommand(), t.merges(),
		manCommand())
	return root
}

// with opens the site, runs f and closes the site.
func (t *tool) with(cmd *cobra.Command, f func(ctx context.Context, s *site.Site) error) (err error) {
	logger := slog.New(slog.NewTextHandler(cmd.ErrOrStderr(), &slog.HandlerOptions{Level: slog.LevelError}))
	s, err := site.Open(cmd.Context(), site.Options{Data: t.data, Logger: logger})
	if err != nil {
		return err
	}
	defer func() {
		if shut := s.Close(); err == nil {
			err = shut
		}
	}()
	if loc, chosen := s.Config.Here.Location(); chosen {
		tongue.KeepTime(loc)
	}
	return f(cmd.Context(), s)
}

// limit is how long a command that does not wait for anything may take.
const limit = 10 * time.Second

func printJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

// needWard is the ID of the ward that the --ward flag names, else of the site's own:
// by its ID, its code or CODE@SITE. A code that two sites share is refused with both.
func needWard(flag string, s *site.Site) (string, error) {
	name := cmp.Or(flag, s.Config.Ward)
	if name == "" {
		return "", fmt.Errorf("no ward: add --ward WARD (`wardctl wards` lists them)")
	}
	return wardID(name, s)
}

// wardID is the ID of the ward that a name means. What no ward is called comes back
// as it is: who uses it says that there is none.
func wardID(name string, s *site.Site) (string, error) {
	if s.Record == nil {
		return name, nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	w, err := s.Record.FindWard(ctx, name)
	if errors.Is(err, records.ErrNotFound) {
		return name, nil
	}
	return w.ID, err
}

// wardIDs puts IDs in the place of what wards are called.
func wardIDs(names []string, s *site.Site) (err error) {
	for n, name := range names {
		if names[n], err = wardID(name, s); err != nil {
			return err
		}
	}
	return nil
}

// many is "1 value", "2 values".
func many(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
