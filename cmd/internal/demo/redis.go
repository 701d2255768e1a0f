package demo

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"

	"github.com/wardlight/wardlight/app/desktop/keyring"
	"github.com/wardlight/wardlight/cmd/internal/site"
	"github.com/wardlight/wardlight/redisx"
	"github.com/wardlight/wardlight/redisx/redistest"
)

// redis starts the private server. Its password is in the keyring and nowhere
// else; the server gets its hash through a pipe.
func (s *show) redis(ctx context.Context, c *site.Config) error {
	ctx, cancel := context.WithTimeout(ctx, startLimit)
	defer cancel()
	password, err := redisPassword(ctx, keyring.Open(site.KeyringService(s.dir)))
	if err != nil {
		return err
	}
	dir := filepath.Join(s.dir, "redis")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	pidFile := filepath.Join(dir, "server.pid")
	if err := endLeftover(ctx, pidFile, dir); err != nil {
		return err
	}
	names, err := redisx.Open(redisx.Config{})
	if err != nil {
		return err
	}
	users, opener := acl(names.Keys(), password)
	if err := names.Close(); err != nil {
		return err
	}
	cfg := redistest.ServerConfig{Dir: dir, AppendOnly: true, Config: users, Port: rememberedPort(*c)}
	server, err := redistest.Run(ctx, cfg)
	if err != nil && cfg.Port != 0 && ctx.Err() == nil {
		// Somebody else took the port since: another one is as good.
		cfg.Port = 0
		server, err = redistest.Run(ctx, cfg)
	}
	if errors.Is(err, redistest.ErrNoServer) {
		return fmt.Errorf("%w: `assets/setup/debian.sh run` installs it", err)
	} else if err != nil {
		return err
	}
	s.closers = append(s.closers, func() error { return errors.Join(server.Close(), os.Remove(pidFile)) })
	if err := os.WriteFile(pidFile, []byte(strconv.Itoa(server.PID())), 0o600); err != nil {
		return err
	}
	if err := letIn(ctx, server.Addr(), opener); err != nil {
		return err
	}
	c.Redis = site.Redis{Addrs: []string{server.Addr()}, Username: "station"}
	return nil
}

func redisPassword(ctx context.Context, vault keyring.Store) (string, error) {
	password, err := vault.Get(ctx, site.RedisPassword)
	if errors.Is(err, keyring.ErrNotFound) {
		password = rand.Text()
		err = vault.Set(ctx, site.RedisPassword, password)
	}
	if err != nil {
		return "", fmt.Errorf("redis password: %w", err)
	}
	return password, nil
}

func rememberedPort(c site.Config) int {
	if len(c.Redis.Addrs) != 1 {
		return 0
	}
	_, port, err := net.SplitHostPort(c.Redis.Addrs[0])
	if err != nil {
		return 0
	}
	n, _ := strconv.Atoi(port) // 0 takes a free one
	return n
}
