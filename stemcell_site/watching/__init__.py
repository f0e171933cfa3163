"""What operators see: metrics, log lines, slow queries, errors sent to Sentry. No reader in any.

`seen` knows the request being answered, `middleware` and `queries` measure, `metrics`, `work` and
`exposition` tell Prometheus, `logs` and `sentry` tell people, `server` is gunicorn's part.
"""
