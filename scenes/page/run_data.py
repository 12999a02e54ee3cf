def run_data(t):
    return {}
