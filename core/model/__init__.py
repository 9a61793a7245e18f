"""What the desk knows: requests, timers, people and places, as frozen values.

Times are aware and UTC; spans are `timedelta` of working time unless a name says otherwise.
Rules read these values and return new ones; `core.store` keeps rows of the same field names.

`again`: A value again, from the plain data that was kept of it.
`parties`: Who takes part and where they are spoken to; who stands in, who is away, what somebody wants to hear.
`request`: The one aggregate: a service request with its clocks, and what is written on it.
`sending`: What is to be said, to whom, in which order, and how far it has come.
`told`: What is told of requests: forecasts, accounts of clocks, digests and their figures. Never stored as state.
"""
