package redisx

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/redis/go-redis/v9"
)

// LogTo sends what go-redis itself logs (failed dials, broken connections, with
// addresses but never values) to a logger, at debug level, instead of standard
// error. go-redis has one logger for the whole process: call it from main,
// before the first Open.
func LogTo(log *slog.Logger) { redis.SetLogger(driverLog{log}) }

type driverLog struct{ log *slog.Logger }

func (d driverLog) Printf(ctx context.Context, format string, v ...any) {
	if d.log.Enabled(ctx, slog.LevelDebug) {
		d.log.DebugContext(ctx, "redis driver", "msg", fmt.Sprintf(format, v...))
	}
}
