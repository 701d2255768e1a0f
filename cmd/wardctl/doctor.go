package main

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/wardlight/wardlight/cmd/internal/doctor"
	"github.com/wardlight/wardlight/cmd/internal/site"
	"github.com/wardlight/wardlight/redisx"
)

func (t *tool) channelsCommand() *cobra.Command {
	var ward string
	c := &cobra.Command{Use: "channels", Short: "Print the channels on which other systems publish", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return t.with(cmd, func(_ context.Context, s *site.Site) error {
				ward, err := needWard(ward, s)
				if err != nil {
					return err
				}
				client := s.Redis
				if client == nil { // the names do not depend on the server
					if client, err = redisx.Open(redisx.Config{}); err != nil {
						return err
					}
					defer client.Close()
				}
				_, err = fmt.Fprintf(cmd.OutOrStdout(), "intake\t%s\n", site.IntakeChannel(client.Keys(), ward))
				return err
			})
		}}
	c.Flags().StringVar(&ward, "ward", "", "which ward")
	return c
}

// sick is how `wardctl doctor` ends for monitoring: 1 for a warning, 2 for a
// failure.
type sick struct {
	code  int
	count int
}

// ExitCode is the program's exit status.
func (s sick) ExitCode() int { return s.code }

// Error implements error.
func (s sick) Error() string { return fmt.Sprintf("%d of the checks found a problem", s.count) }

func (t *tool) doctorCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{Use: "doctor", Short: "Check the site and say what to do", Args: cobra.NoArgs,
		Long: `Check this station and what it stands on, and say what to do about each problem.
The names of the checks stay the same from release to release. The exit code is 0
if all is well, 1 for warnings and 2 if something fails.`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			found := doctor.Examine(cmd.Context(), doctor.Options{Data: t.data, Version: version})
			end := sick{}
			for _, f := range found {
				if f.State != doctor.OK {
					end.count++
				}
				if !asJSON {
					tell(cmd.OutOrStdout(), f)
				}
			}
			worst := doctor.Worst(found)
			if asJSON {
				err := printJSON(cmd.OutOrStdout(),
					map[string]any{"state": worst, "station": t.stationName(), "version": version, "checks": found})
				if err != nil {
					return err
				}
			}
			switch worst {
			case doctor.Failing:
				end.code = 2
			case doctor.Warning:
				end.code = 1
			default:
				return nil
			}
			return end
		}}
	c.Flags().BoolVar(&asJSON, "json", false, "one JSON object, for monitoring")
	return c
}

// stationName is what this station is called, or empty.
func (t *tool) stationName() string {
	s, err := site.Prepare(site.Options{Data: t.data})
	if err != nil {
		return ""
	}
	return s.Config.Station
}

func tell(w io.Writer, f doctor.Finding) {
	fmt.Fprintf(w, "%-8s %-18s %s\n", f.State, f.ID, f.Text)
	if f.Next != "" {
		fmt.Fprintf(w, "%-27s next: %s\n", "", f.Next)
	}
}
